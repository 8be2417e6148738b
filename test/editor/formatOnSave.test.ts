import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ChatRoom } from '../../src/extension/chat/chatRoom.ts';
import { ChatRoomAlone } from '../support/chatRoomAlone.ts';
import { eventually } from '../support/eventually.ts';
import { toolCallDelta } from '../support/scriptedBackend.ts';

describe('format on save', () => {
  const alone = new ChatRoomAlone();
  const registered: vscode.Disposable[] = [];
  let room: ChatRoom;
  let folder: string;
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');

  before(async () => {
    folder = path.join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', 'formatted');
    mkdirSync(folder);
    await alone.start();
    room = await alone.open();
    registered.push(
      vscode.languages.registerDocumentFormattingEditProvider(
        { pattern: '**/formatted/*' },
        { provideDocumentFormattingEdits: (document) => [replaced(document, (text) => text.replace(/^ +/gm, ''))] },
      ),
      vscode.languages.registerCodeActionsProvider({ pattern: '**/formatted/*' }, actionsOnSave, {
        providedCodeActionKinds: [vscode.CodeActionKind.SourceFixAll],
      }),
    );
    await configure({ formatOnSave: true, codeActionsOnSave: { 'source.fixAll': 'explicit' } });
  });

  after(async () => {
    await configure({ formatOnSave: undefined, codeActionsOnSave: undefined });
    for (const each of registered) each.dispose();
    rmSync(folder, { recursive: true });
    await alone.stop();
  });

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  /** A message whose answer writes the file, which is then shown as the editor has it. */
  async function generate(name: string, before: string, after: string): Promise<string> {
    const file = path.join(folder, name);
    writeFileSync(file, before);
    const deltas = [toolCallDelta('t', 'write_file', { path: `formatted/${name}`, content: after })];
    const done = { kind: 'stream', deltas: [{ content: 'Done.' }], end: 'stop', charged: 300 } as const;
    alone.backend.script({ kind: 'stream', deltas, end: 'tool_calls', charged: 200 }, done);
    assert.deepEqual(await room.generations.send({ id: randomUUID(), text: 'Write it' }), { kind: 'accepted' });
    await room.generations.settled();
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    await eventually(() => assert.equal(document.getText(), after));
    return room.session.state.thread.messages.at(-1)?.id ?? '';
  }

  const save = () => vscode.commands.executeCommand('workbench.action.files.save');
  const laterEdit = async (generation: string) => (await room.rollbacks.preview(generation))?.files[0]?.keepsLine;
  const rollBack = (generation: string) => room.rollBack({ generation, what: 'files', onConflict: 'stop' });

  it('is no later edit of the person, with what else runs at a save', async () => {
    const id = await generate('a.txt', 'one\ntwo\nthree\n', '  ONE\n  two\nthree\n');
    await save();
    assert.equal(read('a.txt'), 'ONE\ntwo\nthree\nfixed\n');
    assert.equal(await laterEdit(id), undefined);
    await rollBack(id);
    assert.equal(read('a.txt'), 'one\ntwo\nthree\n');
  });

  it('leaves to the person what they typed before the save', async () => {
    const id = await generate('b.txt', 'one\ntwo\nthree\n', '  ONE\ntwo\nthree\n');
    await vscode.commands.executeCommand('cursorBottom');
    await vscode.commands.executeCommand('type', { text: '  mine\n' });
    await vscode.commands.executeCommand('cursorUp');
    await save();
    assert.equal(read('b.txt'), 'ONE\ntwo\nthree\nmine\nfixed\n');
    assert.equal(await laterEdit(id), 4);
    await rollBack(id);
    assert.match(read('b.txt'), /^one\ntwo\nthree\nmine\n/);
  });
});

/** An action on save, as one that organises imports: it adds a last line where that is missing. */
const actionsOnSave: vscode.CodeActionProvider = {
  provideCodeActions: (document) => {
    const action = new vscode.CodeAction('Fix all', vscode.CodeActionKind.SourceFixAll);
    action.edit = new vscode.WorkspaceEdit();
    const { range, newText } = replaced(document, (text) => (text.endsWith('fixed\n') ? text : `${text}fixed\n`));
    action.edit.replace(document.uri, range, newText);
    return [action];
  },
};

function replaced(document: vscode.TextDocument, change: (text: string) => string): vscode.TextEdit {
  return vscode.TextEdit.replace(new vscode.Range(0, 0, document.lineCount, 0), change(document.getText()));
}

async function configure(values: Readonly<Record<string, unknown>>): Promise<void> {
  const editor = vscode.workspace.getConfiguration('editor');
  for (const [name, value] of Object.entries(values)) await editor.update(name, value, true);
}
