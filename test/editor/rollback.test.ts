import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  chmodSync,
  lstatSync,
} from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { decideChange } from '../../src/extension/chat/decideChange.ts';
import { OutsideChanges } from '../../src/extension/rollback/outsideChanges.ts';
import { eventually } from '../support/eventually.ts';
import { useChatRoomAlone } from '../support/useChatRoomAlone.ts';
import { toolCallDelta } from '../support/scriptedBackend.ts';

describe('rolling back in the editor', () => {
  const { alone, room, reopen, at, read, generate, answer } = useChatRoomAlone([
    'rb',
    'rb.txt',
    'rb2.txt',
    'rb.ipynb',
    'rb-link',
  ]);

  async function typed(name: string, edit: (builder: vscode.TextEditorEdit) => void): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(at(name));
    const editor = await vscode.window.showTextDocument(document);
    // VS Code refuses an edit of a text that has just changed, as by a file that was written.
    await eventually(async () => assert.ok(await editor.edit(edit)));
    assert.ok(document.isDirty);
    return document;
  }

  it('keeps what is typed and not saved, and merges it, when rolling back and when redoing', async () => {
    writeFileSync(at('rb.txt'), 'one\ntwo\nthree\nfour\nfive\n');
    const id = await generate('Shout', { 'rb.txt': 'ONE\ntwo\nthree\nfour\nfive\n' });
    const document = await typed('rb.txt', (edit) => edit.insert(new vscode.Position(5, 0), 'mine\n'));
    await room().rollBack({ generation: id, what: 'files', onConflict: 'stop' });
    assert.equal(read('rb.txt'), 'one\ntwo\nthree\nfour\nfive\nmine\n');
    await shows(document, 'one\ntwo\nthree\nfour\nfive\nmine\n');
    await typed('rb.txt', (edit) => edit.insert(new vscode.Position(6, 0), 'more\n'));
    assert.ok(await room().redo());
    assert.equal(read('rb.txt'), 'ONE\ntwo\nthree\nfour\nfive\nmine\nmore\n');
    await shows(document, 'ONE\ntwo\nthree\nfour\nfive\nmine\nmore\n');
    assert.equal(document.isDirty, false);
  });

  it('calls a line edited only where the person edited it, not where a change was undone or redone', async () => {
    const lines = Array.from({ length: 20 }, (_, n) => `${String(n + 1)}\n`).join('');
    writeFileSync(at('rb.txt'), lines);
    const changed = lines.replace('\n3\n', '\nthree\n').replace('\n12\n', '\ntwelve\n');
    const id = await generate('Change both', { 'rb.txt': changed });
    const keepsLine = async () => (await room().rollbacks.preview(id, 'alone'))?.files[0]?.keepsLine;
    const undone = { generation: id, path: 'rb.txt', hunks: [0], keeps: false };
    await decideChange(room(), undone);
    assert.equal(read('rb.txt'), changed.replace('three', '3'));
    assert.equal(await keepsLine(), undefined);
    await shows(await vscode.workspace.openTextDocument(at('rb.txt')), read('rb.txt'));
    await typed('rb.txt', (edit) => edit.insert(new vscode.Position(17, 0), 'mine '));
    assert.equal(await keepsLine(), 18);
    assert.ok(await room().redo());
    assert.equal(read('rb.txt'), changed.replace('18', 'mine 18'));
    assert.equal(await keepsLine(), 18);
    await room().rollBack({ generation: id, what: 'files', onConflict: 'stop' });
    assert.ok(await room().redo());
    assert.equal(await keepsLine(), 18);
  });

  it('leaves an untitled file alone, whatever is in it', async () => {
    const untitled = await vscode.workspace.openTextDocument({ content: 'not saved anywhere' });
    await vscode.window.showTextDocument(untitled);
    const id = await generate('Make it', { 'rb.txt': 'made\n' });
    await room().rollBack({ generation: id, what: 'files', onConflict: 'stop' });
    assert.equal(existsSync(at('rb.txt')), false);
    assert.equal(untitled.getText(), 'not saved anywhere');
    assert.equal(untitled.isClosed, false);
    await vscode.window.showTextDocument(untitled);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('keeps what is typed in a notebook and not saved', async () => {
    const cell = (source: string) => ({ cell_type: 'markdown', metadata: {}, source: [source] });
    const notebook = (...sources: string[]) =>
      `${JSON.stringify({ cells: sources.map(cell), metadata: {}, nbformat: 4, nbformat_minor: 2 }, null, 1)}\n`;
    writeFileSync(at('rb.ipynb'), notebook('first', 'second'));
    const id = await generate('Shout', { 'rb.ipynb': notebook('FIRST', 'second') });
    const open = await vscode.workspace.openNotebookDocument(vscode.Uri.file(at('rb.ipynb')));
    await vscode.window.showNotebookDocument(open);
    const edit = new vscode.WorkspaceEdit();
    const fresh = new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, 'typed', 'markdown');
    edit.set(open.uri, [vscode.NotebookEdit.insertCells(2, [fresh])]);
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.ok(open.isDirty);
    await room().rollBack({ generation: id, what: 'files', onConflict: 'stop' });
    const text = read('rb.ipynb');
    assert.match(text, /"first"/);
    assert.match(text, /typed/);
    assert.doesNotMatch(text, /FIRST/);
  });

  it('rolls back one generation alone, and the others stay', async () => {
    writeFileSync(at('rb.txt'), '1\n2\n3\n4\n5\n6\n');
    const first = await generate('First', { 'rb.txt': 'one\n2\n3\n4\n5\n6\n' });
    const second = await generate('Second', { 'rb.txt': 'one\n2\n3\n4\n5\nsix\n', 'rb2.txt': 'new\n' });
    const preview = await room().rollbacks.preview(first, 'alone');
    assert.deepEqual([preview?.scope, preview?.hasLater, preview?.laterMessages], ['alone', true, 0]);
    await room().rollBack({ generation: first, what: 'both', onConflict: 'stop', scope: 'alone' });
    assert.equal(read('rb.txt'), '1\n2\n3\n4\n5\nsix\n');
    assert.equal(read('rb2.txt'), 'new\n');
    assert.deepEqual([answer(first).changesState, answer(second).changesState], ['rolledBack', 'pending']);
    const asked = room().session.state.thread.messages.map((message) => message.role === 'user' && message.rolledBack);
    assert.deepEqual(asked, [true, false, false, false]);
  });

  it('rolls back chosen files, then the rest, and says so at the answer', async () => {
    writeFileSync(at('rb.txt'), 'old\n');
    const id = await generate('Both', { 'rb.txt': 'new\n', 'rb2.txt': 'made\n' });
    await room().rollBack({ generation: id, what: 'files', onConflict: 'stop', files: ['rb2.txt'] });
    assert.deepEqual([read('rb.txt'), existsSync(at('rb2.txt'))], ['new\n', false]);
    assert.equal(answer(id).changesState, 'partly');
    await room().rollBack({ generation: id, what: 'files', onConflict: 'stop' });
    assert.equal(read('rb.txt'), 'old\n');
    assert.equal(answer(id).changesState, 'rolledBack');
  });

  it('redoes after later messages and a reload, and keeps the banner until it is dismissed', async () => {
    writeFileSync(at('rb.txt'), '1\n2\n3\n4\n5\n6\n');
    const first = await generate('First', { 'rb.txt': 'one\n2\n3\n4\n5\n6\n' });
    await room().rollBack({ generation: first, what: 'files', onConflict: 'stop' });
    await generate('Second', { 'rb.txt': '1\n2\n3\n4\n5\nsix\n' });
    assert.equal(room().status.banner?.kind, 'rolledBack');
    await reopen();
    assert.equal(room().status.banner?.kind, 'rolledBack');
    assert.ok(await room().redo());
    assert.equal(read('rb.txt'), 'one\n2\n3\n4\n5\nsix\n');
    assert.equal(answer(first).changesState, 'pending');
    assert.deepEqual(room().status.banner, { kind: 'redone', files: 1 });
  });

  it('rolls back what an earlier chat did, and redoes any of its roll backs', async () => {
    writeFileSync(at('rb.txt'), 'old\n');
    const id = await generate('In an earlier chat', { 'rb.txt': 'new\n' });
    room().newChat();
    const before = (await room().rollbacks.kept())[0];
    const known = before?.generations.find((generation) => generation.id === id);
    assert.deepEqual([known?.prompt, known?.state, known?.files], ['In an earlier chat', 'kept', ['rb.txt']]);
    assert.ok((before?.bytes ?? 0) > 0);
    const preview = await room().rollbacks.preview(id);
    assert.deepEqual([preview?.inChat, preview?.files[0]?.path], [false, 'rb.txt']);
    await room().rollBack({ generation: id, what: 'files', onConflict: 'stop', scope: 'alone' });
    assert.equal(read('rb.txt'), 'old\n');
    assert.equal(room().session.state.draft, '');
    room().newChat();
    const folders = await room().rollbacks.kept();
    const back = folders[0]?.generations.find((generation) => generation.id === id);
    assert.equal(back?.state, 'rolledBack');
    assert.ok(folders[0] && back.redo !== null);
    await room().rollbacks.redoEarlier(folders[0].folder, back.redo);
    assert.equal(read('rb.txt'), 'new\n');
  });

  it('is reviewed as before once another chat is shown, and in a window that never showed it', async () => {
    writeFileSync(at('rb.txt'), 'old\n');
    const id = await generate('To be reviewed', { 'rb.txt': 'new\n' });
    const review = alone.review(room(), id);
    room().newChat();
    const seen = async (each: typeof review) => {
      const now = await each.snapshot();
      assert.ok(now.kind === 'generation', now.kind);
      return [now.files[0]?.state, now.running, now.isFree, now.canRedo, now.receipt !== null];
    };
    assert.deepEqual(await seen(review), ['pending', false, false, false, true]);
    const undone = await review.calls().undo({ files: ['rb.txt'], hunks: null, decisions: {} });
    assert.deepEqual([undone.kind, read('rb.txt')], ['done', 'old\n']);
    assert.deepEqual(await seen(review), ['undone', false, false, true, true]);
    const fresh = alone.review(room(), id);
    assert.deepEqual(await seen(fresh), ['undone', false, false, true, true]);
    await fresh.calls().redo();
    assert.equal(read('rb.txt'), 'new\n');
    await fresh.calls().keepFiles(null);
    assert.deepEqual(await seen(fresh), ['kept', false, false, false, true]);
  });

  it('marks what another window has rolled back, and says in words what can’t be done any more', async () => {
    const id = await generate('Marked', { 'rb.txt': 'made\n' });
    const store = await alone.checkpoints().of(vscode.Uri.file(at('.')));
    await store.rollBack([id], { onConflict: 'stop' });
    await room().rollbacks.refreshMarks();
    assert.equal(answer(id).changesState, 'rolledBack');
    const dropped = await generate('Dropped', { 'rb.txt': 'made\n' });
    await store.drop([dropped]);
    await assert.rejects(room().rollbacks.preview(dropped), /^Error: This checkpoint was dropped/);
  });

  it('keeps the folders of a workspace apart: each has its own checkpoints', async () => {
    const second = vscode.workspace.workspaceFolders?.[1]?.uri.fsPath ?? '';
    const [there, own] = [path.join(second, 'rb.txt'), path.join(second, 'own.txt')];
    writeFileSync(own, '');
    writeFileSync(at('rb.txt'), 'first\n');
    const inFirst = await generate('In the first', { 'rb.txt': 'FIRST\n' });
    await vscode.window.showTextDocument(vscode.Uri.file(own));
    const inSecond = await generate('In the second', { 'rb.txt': 'SECOND\n' });
    assert.deepEqual([read('rb.txt'), readFileSync(there, 'utf8')], ['FIRST\n', 'SECOND\n']);
    const kept = (await room().rollbacks.kept()).map(({ generations }) => generations.map(({ id }) => id));
    assert.deepEqual([kept[0]?.includes(inFirst), kept[1]], [true, [inSecond]]);
    await room().rollBack({ generation: inFirst, what: 'files', onConflict: 'stop', scope: 'since' });
    assert.deepEqual([read('rb.txt'), existsSync(there)], ['first\n', true], 'another folder went along');
    await room().rollBack({ generation: inSecond, what: 'files', onConflict: 'stop' });
    assert.deepEqual([read('rb.txt'), existsSync(there)], ['first\n', false]);
    assert.ok(await room().redo());
    assert.equal(readFileSync(there, 'utf8'), 'SECOND\n');
    for (const file of [there, own]) rmSync(file);
  });

  it('goes back to the exact bytes: encodings, line ends, modes, links, files in a repository of their own', async () => {
    const utf8 = Buffer.from('\ufeffa\r\nb', 'utf8');
    writeFileSync(at('rb.txt'), utf8);
    chmodSync(at('rb.txt'), 0o755);
    mkdirSync(at('rb/.git'), { recursive: true });
    writeFileSync(at('rb/.git/HEAD'), 'ref: refs/heads/main\n');
    writeFileSync(at('rb/in.txt'), 'nested');
    writeFileSync(at('rb2.txt'), 'target\n');
    symlinkSync('rb2.txt', at('rb-link'));
    const id = await generate('All of them', {
      'rb.txt': 'A\nB\n',
      'rb/in.txt': 'changed',
      'rb-link': 'through\n',
      'rb/new/deep.txt': 'x',
    });
    assert.equal(read('rb2.txt'), 'through\n');
    await room().rollBack({ generation: id, what: 'files', onConflict: 'stop' });
    assert.deepEqual(readFileSync(at('rb.txt')), utf8);
    assert.equal(statSync(at('rb.txt')).mode & 0o777, 0o755);
    assert.deepEqual([read('rb/in.txt'), read('rb2.txt')], ['nested', 'target\n']);
    assert.ok(lstatSync(at('rb-link')).isSymbolicLink());
    assert.equal(existsSync(at('rb/new')), false);
    assert.equal(read('rb/.git/HEAD'), 'ref: refs/heads/main\n');
  });

  it('changes a file with several names under all of them, as the editor would', async () => {
    writeFileSync(at('rb.txt'), 'one\n');
    linkSync(at('rb.txt'), at('rb2.txt'));
    const id = await generate('Shout', { 'rb.txt': 'ONE\n' });
    assert.deepEqual([read('rb.txt'), read('rb2.txt')], ['ONE\n', 'ONE\n']);
    assert.equal((await room().rollbacks.preview(id))?.files[0]?.otherNames, true);
  });

  it('shows what changed in a file in a few lines', async () => {
    writeFileSync(at('rb.txt'), 'one\ntwo\n');
    const id = await generate('Shout', { 'rb.txt': 'one\nTWO\n' });
    writeFileSync(at('rb.txt'), 'later\n');
    assert.deepEqual(await room().rollbacks.fileDiff(id, 'rb.txt'), {
      kind: 'lines',
      lines: [
        { kind: 'same', text: 'one' },
        { kind: 'removed', text: 'two', hunk: 0 },
        { kind: 'added', text: 'TWO', hunk: 0 },
      ],
      isCut: false,
      kept: [],
      undone: [],
    });
    assert.deepEqual(await room().rollbacks.fileDiff(id, 'other.txt'), { kind: 'gone' });
  });

  it('says what something else changed while a generation ran, and leaves it as it is', async () => {
    writeFileSync(at('rb.txt'), 'old\n');
    mkdirSync(at('rb'));
    alone.backend.script(
      {
        kind: 'stream',
        deltas: [toolCallDelta('t', 'write_file', { path: 'rb.txt', content: 'new\n' })],
        end: 'tool_calls',
        charged: 200,
      },
      { kind: 'stream', deltas: [{ content: 'Wait' }], end: 'hang' },
    );
    const seen = new OutsideChanges(vscode.Uri.file(at('.')));
    await room().generations.send({ id: randomUUID(), text: 'Long one' });
    while (!JSON.stringify(room().session.state).includes('Wait')) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    writeFileSync(at('rb/built.js'), 'built');
    while (!seen.names([]).includes('rb/built.js')) await new Promise((resolve) => setImmediate(resolve));
    seen.dispose();
    room().generations.stop();
    await room().generations.settled();
    const stopped = room().session.state.thread.messages.at(-1);
    assert.ok(stopped);
    const preview = await room().rollbacks.preview(stopped.id);
    assert.deepEqual(
      preview?.files.map((file) => [file.path, file.kind]),
      [
        ['rb.txt', 'restored'],
        ['rb/built.js', 'unchanged'],
      ],
    );
    await room().rollBack({ generation: stopped.id, what: 'files', onConflict: 'stop' });
    assert.deepEqual([read('rb.txt'), read('rb/built.js')], ['old\n', 'built']);
  });

  it('names what is over the cap and drops it unless it is to be kept, and never the last', async () => {
    const earlier = await generate('Large one', { 'rb.txt': 'x'.repeat(1_900_000) });
    const last = await generate('Small one', { 'rb2.txt': 'small\n' });
    const settings = vscode.workspace.getConfiguration('tokenfare.rollback');
    await settings.update('maxSizeMB', 1, vscode.ConfigurationTarget.Global);
    try {
      const answers: (string | undefined)[] = ['Keep Them', undefined];
      const asked: string[] = [];
      const caps = alone.caps((sentence) => {
        asked.push(sentence);
        return Promise.resolve(answers.shift());
      });
      const uri = vscode.Uri.file(at('.'));
      const ids = async () => (await room().rollbacks.kept())[0]?.generations.map(({ id }) => id) ?? [];
      await Promise.all([caps.check(uri), caps.check(uri)]);
      assert.equal(asked.length, 1, 'asked twice at once, as where two answers end');
      assert.match(asked[0] ?? '', /: “.*They go when you close this message, which frees [\d.]+ MB/);
      assert.ok((await ids()).includes(earlier));
      await caps.check(uri);
      assert.equal(asked.length, 1, 'asked again for what is to be kept');
      await alone.caps(() => Promise.resolve(undefined)).check(uri);
      assert.deepEqual(await ids(), [last]);
      assert.deepEqual(await room().rollbacks.fileDiff(earlier, 'rb.txt'), { kind: 'gone' });
    } finally {
      await settings.update('maxSizeMB', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});

/** The editor takes over what changed on the disk by itself, a moment later. */
async function shows(document: vscode.TextDocument, text: string): Promise<void> {
  while (document.getText() !== text) await new Promise((resolve) => setImmediate(resolve));
}
