import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ChatRoom } from '../../src/extension/chat/chatRoom.ts';
import { commandAttachments } from '../../src/extension/chat/commandAttachments.ts';
import { openEditor } from '../../src/extension/chat/openEditor.ts';
import { settings } from '../../src/extension/contributions.ts';
import { ChatRoomAlone } from '../support/chatRoomAlone.ts';
import { toolCallDelta, type ScriptedAnswer } from '../support/scriptedBackend.ts';

const done: ScriptedAnswer = { kind: 'stream', deltas: [{ content: 'Done.' }], end: 'stop', charged: 300 };

describe('what is never sent to a model', () => {
  const alone = new ChatRoomAlone();
  const problems = vscode.languages.createDiagnosticCollection('tokenfare-kept-back');
  let folder: vscode.Uri;
  let room: ChatRoom;
  const uri = (name: string) => vscode.Uri.joinPath(folder, name);
  const put = (name: string, text: string) => {
    mkdirSync(path.dirname(uri(name).fsPath), { recursive: true });
    writeFileSync(uri(name).fsPath, text);
  };
  const MADE = ['.tokenfareignore', 'kept', 'open.txt', 'AGENTS.md', '.github'];

  before(async () => {
    const first = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(first);
    folder = first;
    await alone.start();
    room = await alone.open();
  });

  after(async () => {
    problems.dispose();
    await alone.stop();
  });

  beforeEach(() => {
    room.newChat();
    put('.tokenfareignore', 'kept/*\n!kept/fine.txt\n');
    put('kept/own.txt', 'the SECRET\n');
    put('kept/fine.txt', 'no secret here\n');
  });

  afterEach(async () => {
    problems.clear();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of MADE) rmSync(uri(name).fsPath, { recursive: true, force: true });
  });

  /** Everything that the model was sent for a message whose answer calls these tools. */
  async function sentWith(...calls: [tool: string, args: object][]): Promise<string> {
    const deltas = calls.map(([tool, args], index) => toolCallDelta(`t${String(index)}`, tool, args, index));
    const using: ScriptedAnswer = { kind: 'stream', deltas, end: 'tool_calls', charged: 200 };
    alone.backend.script(...(calls.length > 0 ? [using] : []), done);
    await room.generations.send({ id: randomUUID(), text: 'Look' });
    await room.generations.settled();
    return JSON.stringify(alone.backend.requests.at(-1)?.body.messages);
  }

  it('is not read, listed, found or renamed by the model’s tools, and the model is told why', async () => {
    symlinkSync('kept/own.txt', uri('open.txt').fsPath);
    const sent = await sentWith(
      ['read_file', { path: 'kept/own.txt' }],
      ['read_file', { path: 'open.txt' }],
      ['edit_file', { path: 'kept/own.txt', find: 'the', replace: 'my' }],
      ['list_files', {}],
      ['search', { text: 'secret' }],
      ['rename_file', { path: 'kept/own.txt', to: 'moved.txt' }],
    );
    assert.doesNotMatch(sent, /SECRET/);
    assert.equal(sent.match(/kept\/own\.txt is never sent to a model: \.tokenfareignore says so/g)?.length, 3);
    assert.match(sent, /open\.txt is never sent to a model/);
    assert.match(sent, /kept\/fine\.txt:1: no secret here/);
    assert.doesNotMatch(sent, /own\.txt(?! is never sent|\\")/);
  });

  it('is no mention, no open editor, no selection, nothing dropped and no work of a command', async () => {
    assert.deepEqual(
      (await room.mentions.find('kept/')).map(({ path: found }) => found),
      ['kept/', 'kept/fine.txt'],
    );
    const refused = /own\.txt is never sent to a model: \.tokenfareignore says so/;
    await assert.rejects(room.mentions.attachment({ kind: 'file', label: '', path: 'kept/own.txt' }), refused);
    await assert.rejects(room.mentions.dropped(uri('kept/own.txt').toString()), refused);
    await assert.rejects(room.attach(uri('kept/own.txt')), refused);
    const editor = await vscode.window.showTextDocument(uri('kept/own.txt'));
    editor.selection = new vscode.Selection(0, 0, 0, 5);
    await assert.rejects(room.mentions.attachment({ kind: 'selection', label: '', path: '' }), refused);
    assert.equal(await openEditor(), null);
    assert.deepEqual(await commandAttachments('/explain', []), []);
    await room.attach(uri('kept/fine.txt'));
    assert.doesNotMatch(await sentWith(), /SECRET/);
  });

  it('is no problem’s file, and nothing that was attached before it was kept back', async () => {
    const line = new vscode.Range(0, 0, 0, 1);
    problems.set(uri('kept/own.txt'), [new vscode.Diagnostic(line, 'No such SECRET')]);
    problems.set(uri('kept/fine.txt'), [new vscode.Diagnostic(line, 'Too short')]);
    put('.tokenfareignore', '');
    await room.attach(uri('kept/own.txt'));
    put('.tokenfareignore', 'kept/own.txt');
    room.addAttachment(await room.mentions.attachment({ kind: 'problems', label: '', path: '' }));
    const sent = await sentWith(['problems', {}]);
    assert.doesNotMatch(sent, /SECRET/);
    assert.equal(sent.match(/fine\.txt:1 Too short/g)?.length, 2);
    const { thread, banner } = room.session.state;
    const [asked] = thread.messages;
    assert.ok(asked?.role === 'user');
    assert.deepEqual(
      asked.attachments.map(({ label }) => label),
      ['Problems'],
    );
    assert.ok(banner?.kind === 'problem');
    assert.match(banner.message, /own\.txt/);
  });

  it('is what the settings hide as well', async () => {
    rmSync(uri('.tokenfareignore').fsPath);
    const configuration = vscode.workspace.getConfiguration('files');
    await configuration.update('exclude', { '**/own.txt': true }, vscode.ConfigurationTarget.Global);
    try {
      const sent = await sentWith(['read_file', { path: 'kept/own.txt' }], ['search', { text: 'secret' }]);
      assert.doesNotMatch(sent, /SECRET/);
      assert.match(sent, /own\.txt is never sent to a model: the setting files\.exclude says so/);
      await assert.rejects(room.attach(uri('kept/own.txt')), /files\.exclude says so/);
    } finally {
      await configuration.update('exclude', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('is nothing at all where what is kept back can’t be read', async () => {
    rmSync(uri('.tokenfareignore').fsPath);
    mkdirSync(uri('.tokenfareignore').fsPath);
    await assert.rejects(room.attach(uri('kept/fine.txt')), /can’t be read as text, so no file is sent/);
  });

  it('is not the instructions of the person and the project, whose weight is shown and which are cut', async () => {
    const configuration = vscode.workspace.getConfiguration();
    await configuration.update(settings.instructions, 'Use tabs.', vscode.ConfigurationTarget.Global);
    try {
      put('AGENTS.md', `Run the tests. ${'x'.repeat(30_000)}`);
      put('.github/copilot-instructions.md', 'Left out for want of room.');
      await room.refreshContext();
      const shown = room.composer.instructions.map(({ label, isCut }) => [label, isCut]);
      assert.deepEqual(shown.slice(0, 2), [
        ['tokenfare.instructions', false],
        ['AGENTS.md', true],
      ]);
      const { contextTokens } = room.composer;
      assert.match(await sentWith(), /Use tabs\.[^]*Run the tests\.[^]*\(AGENTS\.md is cut here\)/);
      put('.tokenfareignore', 'AGENTS.md\n');
      await room.refreshContext();
      assert.ok(room.composer.contextTokens < contextTokens - 2_000);
      const sent = await sentWith();
      assert.doesNotMatch(sent, /Run the tests/);
      assert.match(sent, /Left out for want of room/);
    } finally {
      await configuration.update(settings.instructions, undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
