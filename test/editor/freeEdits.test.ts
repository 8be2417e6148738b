import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { freeEditActions } from '../../src/extension/localEdits/freeEditActions.ts';
import type { FreeEdits } from '../../src/extension/localEdits/freeEdits.ts';
import { eventually } from '../support/eventually.ts';
import { ChatRoomAlone } from '../support/chatRoomAlone.ts';

const CHANGED = /The files have changed since, so nothing was changed\./;

describe('free edits of files that change', () => {
  const alone = new ChatRoomAlone();
  let folder: string;
  let freeEdits: FreeEdits;
  const at = (name: string) => path.join(folder, name);

  before(async () => {
    folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    await alone.start();
    ({ freeEdits } = await alone.open());
  });

  after(() => alone.stop());

  afterEach(async () => {
    await setting('files.trimTrailingWhitespace', undefined);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await setting('tokenfare.rollback.maxSizeMB', undefined);
    for (const name of ['zza', 'zzb', 'zzc', 'zzd', 'zze', 'zzf', 'zzg'])
      for (const end of ['html', 'css']) rmSync(at(`${name}.${end}`), { force: true });
  });

  async function setting(name: string, value: unknown): Promise<void> {
    await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
  }

  /** Opens a file, and types into it without saving. */
  async function typed(name: string, text: string): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(at(name));
    await vscode.window.showTextDocument(document);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), text);
    await vscode.workspace.applyEdit(edit);
    return document;
  }

  /** The choice, once the new files are known. */
  function offered(wish: string) {
    return eventually(async () => {
      const offer = await freeEdits.offer(wish);
      assert.ok(offer.kind === 'choose');
      return offer;
    });
  }

  it('change what they mean where saving tidies the text up', async () => {
    await setting('files.trimTrailingWhitespace', true);
    writeFileSync(at('zza.html'), '<div class="zzacard">Card</div>');
    writeFileSync(at('zza.css'), '.zzacard { color: white; background: red; }\n');
    await typed('zza.css', '/* blanks at the end */          \n');
    const wish = 'change the zzacard background to blue';
    await eventually(async () => {
      assert.equal((await freeEdits.offer(wish)).kind, 'edit');
    });
    await freeEdits.apply(wish, null);
    const [comment, rule, ...rest] = readFileSync(at('zza.css'), 'utf8').split('\n');
    assert.equal(comment, '/* blanks at the end */');
    assert.match(rule ?? '', /^\.zzacard \{ color: white; background: (?:blue|#[0-9a-f]{6}); \}$/);
    assert.deepEqual(rest, ['']);
  });

  it('change the place that was chosen, or nothing, when others come before it', async () => {
    writeFileSync(at('zzb.html'), '<i class="zzbbox one">1</i><i class="zzbbox two">2</i>');
    writeFileSync(at('zzb.css'), '.zzbbox.one { color: red; }\n.zzbbox.two { color: red; }\n');
    const wish = 'make the zzbbox blue';
    const offer = await offered(wish);
    const two = offer.candidates.find(({ label }) => label.includes('two'));
    assert.ok(two);
    await typed('zzb.css', '.zzbbox.zero { color: red; }\n');
    await freeEdits.apply(wish, two.id);
    const css = readFileSync(at('zzb.css'), 'utf8');
    assert.match(css, /\.zero \{ color: red; \}\n\.zzbbox\.one \{ color: red; \}\n\.zzbbox\.two \{ color: (?!red)/);
  });

  it('change nothing when the chosen place is gone, or the edit would be another', async () => {
    writeFileSync(at('zzc.html'), '<i class="zzcbox one">1</i><i class="zzcbox two">2</i>');
    writeFileSync(at('zzc.css'), '.zzcbox.one { color: red; }\n.zzcbox.two { color: red; }\n');
    const wish = 'make the zzcbox blue';
    const offer = await offered(wish);
    const [first] = offer.candidates;
    assert.ok(first);
    const left = first.label.includes('one') ? 'two' : 'one';
    const document = await vscode.workspace.openTextDocument(at('zzc.css'));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, 9, 0), `.zzcbox.${left} { color: red; }\n`);
    await vscode.workspace.applyEdit(edit);
    await document.save();
    writeFileSync(at('zzc.html'), `<i class="zzcbox ${left}">1</i>`);
    await assert.rejects(freeEdits.apply(wish, first.id), CHANGED);
    assert.equal(readFileSync(at('zzc.css'), 'utf8'), `.zzcbox.${left} { color: red; }\n`);
  });

  const accept = () => vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  const shownPath = () => vscode.window.activeTextEditor?.document.uri.path.split('/').at(-1);
  const diffIsOpen = () =>
    vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.startsWith('Free Edit')));

  it('show what several files would become, and change none before it is agreed to', async () => {
    const files = {
      'zzd.html': '<b class="zzdone">1</b><b class="zzdtwo">2</b>',
      'zzd.css': '.zzdone { color: red; }\n',
    };
    const other = '<style>.zzdtwo { color: red; }</style><i>x</i>';
    writeFileSync(at('zzd.html'), `${files['zzd.html']}${other}`);
    writeFileSync(at('zzd.css'), files['zzd.css']);
    const wish = 'make the zzdone black and the zzdtwo white';
    await eventually(async () => {
      const offer = await freeEdits.offer(wish);
      assert.ok(offer.kind === 'edit' && new Set(offer.places.map(({ path }) => path)).size === 2);
    });
    const discarded = freeEdits.apply(wish, null);
    await eventually(() => assert.ok(diffIsOpen()));
    assert.equal(readFileSync(at('zzd.css'), 'utf8'), files['zzd.css']);
    // Until the question is there, nothing closes.
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      assert.ok(!diffIsOpen());
    });
    assert.equal(await discarded, false);
    assert.equal(readFileSync(at('zzd.css'), 'utf8'), files['zzd.css']);

    const applied = freeEdits.apply(wish, null);
    await eventually(async () => {
      await accept();
      assert.ok(!diffIsOpen() && readFileSync(at('zzd.css'), 'utf8') !== files['zzd.css']);
    });
    assert.equal(await applied, true);
    assert.match(readFileSync(at('zzd.html'), 'utf8'), /zzdtwo \{ color: (?!red)/);
  });

  it('show each place while it is the active one of the list, and go back on Escape', async () => {
    writeFileSync(at('zze.html'), '<i class="zzebox one">1</i><i class="zzebox two">2</i>\n\n');
    writeFileSync(at('zze.css'), '/* first */\n.zzebox.one { color: red; }\n.zzebox.two { color: red; }\n');
    const wish = 'make the zzebox blue';
    await offered(wish);
    const page = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(at('zze.html')));
    page.selection = new vscode.Selection(2, 0, 2, 0);
    const plan = await freeEdits.plan(wish);
    assert.ok(plan?.kind === 'choose');
    const choice = freeEdits.choose(plan.candidates);
    const lineShown = () => (shownPath() === 'zze.css' ? vscode.window.activeTextEditor?.selection.start.line : null);
    await eventually(() => assert.equal(lineShown(), 1));
    await vscode.commands.executeCommand('workbench.action.quickOpenNavigateNext');
    await eventually(() => assert.equal(lineShown(), 2));
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    assert.equal(await choice, undefined);
    assert.equal(shownPath(), 'zze.html');
    assert.equal(vscode.window.activeTextEditor?.selection.start.line, 2);
  });

  it('show a place while the pointer is on it in the chat, and what was there before once it has gone', async () => {
    writeFileSync(at('zzf.html'), '<i class="zzfbox one">1</i><i class="zzfbox two">2</i>\n\n');
    writeFileSync(at('zzf.css'), '/* first */\n.zzfbox.one { color: red; }\n.zzfbox.two { color: red; }\n');
    const page = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(at('zzf.html')));
    page.selection = new vscode.Selection(2, 0, 2, 0);
    const { candidates } = await offered('make the zzfbox blue');
    const lineShown = () => [shownPath(), vscode.window.activeTextEditor?.selection.start.line];
    await freeEdits.reveal(candidates[1]?.id ?? null);
    assert.deepEqual(lineShown(), ['zzf.css', 2]);
    await freeEdits.reveal(null);
    assert.deepEqual(lineShown(), ['zzf.html', 2]);
    await freeEdits.reveal(candidates[0]?.id ?? null);
    assert.deepEqual(lineShown(), ['zzf.css', 1]);
    await freeEdits.apply('make the zzfbox blue', candidates[0]?.id ?? null);
    await freeEdits.reveal(null);
    assert.equal(shownPath(), 'zzf.css', 'what was chosen stays in view');
  });

  it('have the checkpoints looked at that are over the cap', async () => {
    const uri = vscode.Uri.file(folder);
    const store = await alone.checkpoints().of(uri);
    writeFileSync(at('zzg.css'), 'x'.repeat(1_900_000));
    await store.begin('large', { prompt: 'Large one' });
    await store.record('large', 'zzg.css');
    writeFileSync(at('zzg.css'), '.zzgbox { color: red; }\n');
    writeFileSync(at('zzg.html'), '<b class="zzgbox">1</b>');
    await store.commit('large');
    const ids = async () => (await store.list()).map(({ id }) => id);
    assert.ok((await ids()).includes('large'));
    await setting('tokenfare.rollback.maxSizeMB', 1);
    await eventually(async () => assert.equal((await freeEdits.offer('make the zzgbox blue')).kind, 'edit'));
    await freeEdits.apply('make the zzgbox blue', null);
    await eventually(async () => {
      // Closing the message lets go of what it names.
      await vscode.commands.executeCommand('notifications.clearAll');
      assert.ok(!(await ids()).includes('large'));
    });
  });

  it('are among the refactorings that a person asks for, and nowhere else', async () => {
    writeFileSync(at('zzf.css'), '.zzfbox { color: red; }\n');
    const document = await vscode.workspace.openTextDocument(at('zzf.css'));
    const range = new vscode.Range(0, 0, 0, 3);
    // While much goes on, the first answer may lack some.
    await eventually(async () => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        range,
      );
      const own = actions.filter(({ title }) => title === 'Free Edit…');
      assert.deepEqual(
        own.map(({ kind, command }) => [kind?.value, command?.command]),
        [['refactor.rewrite', 'tokenfare.freeEdit']],
      );
    });
    const quiet = { triggerKind: vscode.CodeActionTriggerKind.Automatic, diagnostics: [], only: undefined };
    const { token } = new vscode.CancellationTokenSource();
    assert.deepEqual(await freeEditActions.provideCodeActions(document, range, quiet, token), []);
  });
});
