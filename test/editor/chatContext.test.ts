import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ChatRoom } from '../../src/extension/chat/chatRoom.ts';
import { compactChat } from '../../src/extension/chat/compactChat.ts';
import { settings } from '../../src/extension/contributions.ts';
import { useCode } from '../../src/extension/chat/useCode.ts';
import { Mentions } from '../../src/extension/chat/mentions.ts';
import { sendFromPage } from '../../src/extension/chat/sendFromPage.ts';
import { eventually } from '../support/eventually.ts';
import { ChatRoomAlone } from '../support/chatRoomAlone.ts';
import { toolCallDelta, type ScriptedAnswer } from '../support/scriptedBackend.ts';

const done: ScriptedAnswer = { kind: 'stream', deltas: [{ content: 'Done.' }], end: 'stop', charged: 300 };

describe('what goes along with a message in the editor', () => {
  const alone = new ChatRoomAlone();
  const problems = vscode.languages.createDiagnosticCollection('tokenfare-test');
  let room: ChatRoom;
  let folder: vscode.Uri;

  before(async () => {
    const uri = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(uri);
    folder = uri;
    await alone.start();
    room = await alone.open();
  });

  after(async () => {
    problems.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await alone.stop();
  });

  beforeEach(() => {
    room.newChat();
    // What is attached goes along into a new chat.
    for (const { id } of room.session.state.attachments) room.session.dispatch({ kind: 'detached', id });
  });

  const file = (name: string) => vscode.Uri.joinPath(folder, name);
  const labels = () => room.session.state.attachments.map(({ label }) => label);

  async function sentAlong(): Promise<string> {
    alone.backend.script(done);
    assert.deepEqual(await room.generations.send({ id: randomUUID(), text: 'Look' }), { kind: 'accepted' });
    await room.generations.settled();
    const messages = alone.backend.requests.at(-1)?.body.messages ?? [];
    return JSON.stringify(messages.slice(1, -1).map(({ content }) => content));
  }

  it('is found by its letters: files, folders, the selection and the problems', async () => {
    assert.deepEqual((await room.mentions.find('styles'))[0], {
      kind: 'file',
      label: 'styles.css',
      path: 'styles.css',
    });
    assert.deepEqual(await room.mentions.find('selection'), []);
    assert.deepEqual(await room.mentions.find('problems'), []);
    const editor = await vscode.window.showTextDocument(file('styles.css'));
    editor.selection = new vscode.Selection(0, 0, 2, 0);
    problems.set(file('styles.css'), [new vscode.Diagnostic(new vscode.Range(4, 0, 4, 1), 'No such colour')]);
    const kinds = async (query: string) => (await room.mentions.find(query)).map(({ kind }) => kind);
    assert.deepEqual([await kinds('sel'), await kinds('prob')], [['selection'], ['problems']]);
    const mentioned = file('mentioned');
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(mentioned, 'inside.txt'), new Uint8Array([97]));
    try {
      assert.deepEqual([...new Set(await kinds('file'))], ['file']);
      const found = await new Mentions(randomUUID, () => new Date()).find('folder');
      assert.deepEqual(found, [{ kind: 'folder', label: 'mentioned/', path: 'mentioned/' }]);
      assert.deepEqual(await new Mentions(randomUUID, () => new Date()).find('Folder:ment'), found);
    } finally {
      await vscode.workspace.fs.delete(mentioned, { recursive: true });
    }
  });

  it('is sent as it is then: the selection, the problems, a pasted text and a picture', async () => {
    const editor = await vscode.window.showTextDocument(file('styles.css'));
    editor.selection = new vscode.Selection(0, 0, 2, 0);
    problems.set(file('styles.css'), [new vscode.Diagnostic(new vscode.Range(4, 0, 4, 1), 'No such colour')]);
    for (const kind of ['selection', 'problems'] as const)
      room.addAttachment(await room.mentions.attachment({ kind, label: kind, path: '' }));
    const { attachmentCalls } = await import('../../src/extension/chat/attachmentCalls.ts');
    const calls = attachmentCalls(Promise.resolve(room));
    await calls.attachPasted({ kind: 'text', data: 'A long log' });
    await calls.attachPasted({ kind: 'image', data: 'data:image/png;base64,aGVsbG8=' });
    assert.deepEqual(labels(), ['styles.css:1-2', 'Problems', 'Pasted text 1', 'Picture 1']);
    const along = await sentAlong();
    assert.match(along, /File: styles\.css:1-2/);
    assert.match(along, /error styles\.css:5 No such colour/);
    assert.match(along, /A long log/);
    assert.match(along, /"image_url":\{"url":"data:image\/png;base64,aGVsbG8="/);
    assert.deepEqual(labels(), []);
  });

  it('keeps every picture that is pasted, also after one was taken off, and counts each', async () => {
    const { attachmentCalls } = await import('../../src/extension/chat/attachmentCalls.ts');
    const calls = attachmentCalls(Promise.resolve(room));
    await room.refreshContext();
    const without = room.composer.contextTokens;
    const paste = () => calls.attachPasted({ kind: 'image', data: 'data:image/png;base64,aGVsbG8=' });
    await paste();
    await paste();
    await calls.removeAttachment(room.session.state.attachments[0]?.id ?? '');
    await paste();
    assert.deepEqual(labels(), ['Picture 2', 'Picture 1']);
    await eventually(async () => {
      await room.refreshContext();
      const { contextTokens, attachedTokens } = room.composer;
      assert.deepEqual([contextTokens - without, attachedTokens], [2_000, 2_000]);
    });
  });

  it('takes nothing from outside the workspace', async () => {
    const outside = vscode.Uri.file(path.resolve('/etc/hostname')).toString();
    await assert.rejects(room.mentions.dropped(outside), /outside the workspace/);
    await assert.rejects(
      room.mentions.attachment({ kind: 'file', label: 'x', path: '../../../etc/hostname' }),
      /outside the workspace/,
    );
    room.addAttachment(await room.mentions.dropped(file('styles.css').toString()));
    assert.deepEqual(labels(), ['styles.css']);
  });

  it('takes what is dropped in a window of a remote, where the window names it by the remote', async () => {
    const inRemote = file('styles.css').with({ scheme: 'vscode-remote', authority: 'ssh-remote+somewhere' });
    room.addAttachment(await room.mentions.dropped(inRemote.toString()));
    assert.deepEqual(labels(), ['styles.css']);
  });

  it('is the open editor, where that is set, and weighs on the price', async () => {
    await vscode.window.showTextDocument(file('styles.css'));
    await room.refreshContext();
    assert.equal(room.composer.openEditor?.label, 'styles.css');
    assert.equal(room.composer.openEditor.isIncluded, false);
    const without = room.composer.contextTokens;
    assert.doesNotMatch(await sentAlong(), /File: styles\.css/);
    const configuration = vscode.workspace.getConfiguration();
    await configuration.update(settings.includeOpenEditor, true, vscode.ConfigurationTarget.Global);
    try {
      room.newChat();
      await room.refreshContext();
      assert.ok(room.composer.contextTokens > without);
      assert.match(await sentAlong(), /File: styles\.css/);
    } finally {
      await configuration.update(settings.includeOpenEditor, undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('weighs what it weighs now: a file that is saved anew, attached or only looked at', async () => {
    const uri = file('grows.txt');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('a'));
    try {
      const editor = await vscode.window.showTextDocument(uri);
      await room.refreshContext();
      const look = () => room.composer.openEditor?.modelTokens ?? 0;
      const [seen, without] = [look(), room.composer.contextTokens];
      // The editor refuses an edit of a text that has just changed.
      await eventually(async () => {
        assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'word '.repeat(400))));
      });
      await editor.document.save();
      await eventually(() => assert.ok(look() > seen + 100, String(look())));
      assert.equal(room.composer.contextTokens, without, 'it does not go along');
      await room.attach(uri);
      assert.equal(room.composer.openEditor, null, 'it goes along anyway');
      const attached = () => room.composer.attachments[0]?.modelTokens ?? 0;
      const before = attached();
      // The editor refuses an edit of a text that has just changed.
      await eventually(async () => {
        assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'word '.repeat(400))));
      });
      await editor.document.save();
      await eventually(() => assert.ok(attached() > before + 100, String(attached())));
      assert.equal(room.composer.attachedTokens, attached());
    } finally {
      await vscode.workspace.fs.delete(uri);
    }
  });

  it('is read before a price is named of it', async () => {
    const fresh = await alone.open();
    const seen = [fresh.composer];
    while (!seen.at(-1)?.rateCard) {
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(fresh.composer);
    }
    const priced = seen.filter(({ rateCard }) => rateCard !== null);
    assert.ok(priced.every(({ contextTokens }) => contextTokens > 0));
  });

  it('is the selection or the open file where a command needs code, with the problems for a fix', async () => {
    const editor = await vscode.window.showTextDocument(file('styles.css'));
    problems.set(file('styles.css'), [new vscode.Diagnostic(new vscode.Range(4, 0, 4, 1), 'No such colour')]);
    editor.selection = new vscode.Selection(3, 0, 3, 0);
    room.saveDraft('/fix');
    await room.refreshContext();
    assert.deepEqual(
      room.composer.commandAttachments.map(({ label }) => label),
      ['styles.css', 'Problems'],
    );
    editor.selection = new vscode.Selection(0, 0, 2, 0);
    alone.backend.script(done);
    assert.deepEqual(await sendFromPage(room, { id: randomUUID(), text: '/fix the colour' }), { kind: 'accepted' });
    await room.generations.settled();
    const { messages = [], tools } = alone.backend.requests.at(-1)?.body ?? {};
    assert.match(
      JSON.stringify(messages),
      /File: styles\.css:1-2[^]*No such colour[^]*Fix what is wrong[^]*the colour/,
    );
    assert.match(JSON.stringify(tools), /write_file/);
    assert.deepEqual(labels(), []);
    problems.clear();
  });

  it('is nothing where a command needs code and there is none; a plan may touch no file', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const nothing = await sendFromPage(room, { id: randomUUID(), text: '/explain' });
    assert.deepEqual(nothing, { kind: 'nothingToWorkOn' });
    alone.backend.script(done);
    assert.deepEqual(await sendFromPage(room, { id: randomUUID(), text: '/plan A shop' }), { kind: 'accepted' });
    await room.generations.settled();
    const { messages = [], tools } = alone.backend.requests.at(-1)?.body ?? {};
    assert.match(JSON.stringify(messages.at(-1)), /Plan this[^]*A shop/);
    assert.match(JSON.stringify(tools), /read_file/);
    assert.doesNotMatch(JSON.stringify(tools), /write_file|edit_file/);
  });

  it('puts the code of an answer at the cursor, or into a new file in its language', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const insert = { action: 'insert' as const, code: '/* here */', language: 'css' };
    await assert.rejects(useCode(room.freeEdits, insert), /put the cursor/);
    await useCode(room.freeEdits, { action: 'newFile', code: 'let a = 1;\n', language: 'js' });
    const editor = vscode.window.activeTextEditor;
    assert.deepEqual([editor?.document.languageId, editor?.document.getText()], ['javascript', 'let a = 1;\n']);
    if (editor) editor.selection = new vscode.Selection(0, 4, 0, 5);
    await useCode(room.freeEdits, insert);
    assert.equal(editor?.document.getText(), 'let /* here */ = 1;\n');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('goes along again where a message is tried again', async () => {
    room.addAttachment(await room.mentions.attachment({ kind: 'file', label: '', path: 'styles.css' }));
    const failing: ScriptedAnswer = { kind: 'error', status: 400, error: { code: 'invalid_request' } };
    alone.backend.script(failing, done);
    await room.generations.send({ id: randomUUID(), text: 'Look' });
    await room.generations.settled();
    const failed = room.session.state.thread.messages.at(-1);
    assert.ok(failed?.role === 'assistant' && failed.state === 'failed');
    assert.deepEqual(labels(), []);
    await room.generations.retry(failed.id);
    await room.generations.settled();
    assert.match(JSON.stringify(alone.backend.requests.at(-1)?.body.messages), /File: styles\.css/);
    const again = room.session.state.thread.messages.at(-1);
    assert.equal(room.session.state.runs[again?.id ?? '']?.attachments, undefined);
  });

  it('costs no more than is left of the person’s own budget, and nothing is sent once that is used', async () => {
    const configuration = vscode.workspace.getConfiguration();
    const update = (tokens?: number) =>
      configuration.update(settings.budgetPerDay, tokens, vscode.ConfigurationTarget.Global);
    const set = async (tokens: number) => {
      await update(tokens);
      // What was charged before came on another day.
      alone.backend.tell({});
      await eventually(() => assert.equal(room.status.budget?.left, tokens * 1_000));
    };
    const endsWith = async (answer: ScriptedAnswer) => {
      alone.backend.script(answer);
      await room.generations.send({ id: randomUUID(), text: 'Look again' });
      await room.generations.settled();
      const last = room.session.state.thread.messages.at(-1);
      assert.ok(last?.role === 'assistant');
      return last;
    };
    try {
      await set(1.5);
      await sentAlong();
      assert.equal(alone.backend.requests.at(-1)?.headers['tokenfare-max-charge'], '1500');
      const paused = await endsWith({ kind: 'error', status: 422, error: { code: 'max_charge_too_low' } });
      assert.deepEqual(paused.pause, { kind: 'budget', limit: 1_500, more: 4_000 });
      await set(90);
      alone.backend.script(done);
      await room.generations.retry(paused.id);
      await room.generations.settled();
      assert.equal(alone.backend.requests.at(-1)?.headers['tokenfare-max-charge'], '4000');
      await set(1.5);
      const half = { deltas: [{ content: 'So' }], end: 'length' as const, charged: 1_000, capped: true };
      const cut = await endsWith({ kind: 'stream', ...half });
      assert.deepEqual(cut.pause, { kind: 'budget', limit: 1_500, more: 3_000 });
      await set(90);
      alone.backend.script(done);
      await room.generations.retry(cut.id);
      await room.generations.settled();
      assert.equal(alone.backend.requests.at(-1)?.headers['tokenfare-max-charge'], '3000');
      await set(0.4);
      const requests = alone.backend.requests.length;
      const answer = await room.generations.send({ id: randomUUID(), text: 'Look' });
      assert.deepEqual([answer, alone.backend.requests.length], [{ kind: 'overBudget' }, requests]);
      assert.equal(room.status.budget?.warning, 'used');
    } finally {
      await update();
    }
  });

  it('is code that is applied to a file: seen first, for 0 tokens, and rolled back as any change', async () => {
    const before = readFileSync(file('styles.css').fsPath, 'utf8');
    const [first = ''] = before.split('\n');
    const use = {
      action: 'apply' as const,
      code: `${first}\n  outline: none;\n}`,
      path: 'styles.css',
      isCertain: false,
    };
    const applied = useCode(room.freeEdits, use);
    const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
    await eventually(() => {
      assert.ok(tabs().some((label) => label.startsWith('Apply the code to styles.css')));
    });
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.ok(room.session.state.thread.messages.length > 0);
    });
    await applied;
    assert.match(readFileSync(file('styles.css').fsPath, 'utf8'), /\{\n {2}outline: none;\n\}/);
    const [told] = room.session.state.thread.messages;
    assert.ok(told?.role === 'localEdit');
    assert.deepEqual([told.places[0]?.path, told.saved], ['styles.css', 0]);
    await room.rollBack({ generation: told.id, what: 'both', onConflict: 'stop' });
    assert.equal(readFileSync(file('styles.css').fsPath, 'utf8'), before);
    await useCode(room.freeEdits, { action: 'apply', code: 'let a = 1;', path: 'made/new.js', isCertain: true });
    assert.equal(readFileSync(file('made/new.js').fsPath, 'utf8'), 'let a = 1;\n');
    const made = room.session.state.thread.messages.at(-1);
    await room.rollBack({ generation: made?.id ?? '', what: 'both', onConflict: 'stop' });
    assert.equal(existsSync(file('made/new.js').fsPath), false);
    await assert.rejects(useCode(room.freeEdits, { ...use, path: '.env', isCertain: true }), /guarded/);
  });

  it('is what the model searches for and the problems that it asks for', async () => {
    problems.clear();
    const calls = [toolCallDelta('t1', 'search', { text: 'COLOR:' }), toolCallDelta('t2', 'problems', {}, 1)];
    alone.backend.script({ kind: 'stream', deltas: calls, end: 'tool_calls', charged: 100 }, done);
    await room.generations.send({ id: randomUUID(), text: 'Where is it?' });
    await room.generations.settled();
    const told = JSON.stringify(alone.backend.requests.at(-1)?.body.messages);
    assert.match(told, /styles\.css:\d+: [^"]*color:/);
    assert.match(told, /No errors or warnings/);
  });

  it('is a summary in the place of what was said before it', async () => {
    assert.match(await sentAlong(), /^\[\]$/);
    alone.backend.script({ kind: 'stream', deltas: [{ content: 'The summary.' }], end: 'stop', charged: 100 });
    await compactChat(room);
    await room.generations.settled();
    const along = await sentAlong();
    assert.match(along, /^\["Summarize this chat.*The summary\."\]$/);
    assert.doesNotMatch(along, /Look/);
  });
});
