import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ChatRoom } from '../../src/extension/chat/chatRoom.ts';
import { decideChange } from '../../src/extension/chat/decideChange.ts';
import { ChatRoomAlone } from '../support/chatRoomAlone.ts';
import { toolCallDelta } from '../support/scriptedBackend.ts';

describe('what is kept of an answer’s changes', () => {
  const alone = new ChatRoomAlone();
  let folder: string;
  let room: ChatRoom;
  const at = (name: string) => path.join(folder, name);
  const read = (name: string) => readFileSync(at(name), 'utf8');

  before(async () => {
    folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    await alone.start();
    room = await alone.open();
  });

  after(() => alone.stop());

  beforeEach(() => room.newChat());

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of ['rb.txt', 'rb2.txt']) rmSync(at(name), { force: true });
  });

  /** One message whose answer writes these files. */
  async function generate(text: string, files: Record<string, string>): Promise<string> {
    const deltas = Object.entries(files).map(([name, content], index) =>
      toolCallDelta(`t${String(index)}`, 'write_file', { path: name, content }, index),
    );
    alone.backend.script(
      { kind: 'stream', deltas, end: 'tool_calls', charged: 200 },
      { kind: 'stream', deltas: [{ content: 'Done.' }], end: 'stop', charged: 300 },
    );
    assert.deepEqual(await room.generations.send({ id: randomUUID(), text }), { kind: 'accepted' });
    await room.generations.settled();
    const last = room.session.state.thread.messages.at(-1);
    assert.ok(last?.role === 'assistant' && last.state === 'done', JSON.stringify(last));
    return last.id;
  }

  function answer(id: string) {
    const found = room.session.state.thread.messages.find((message) => message.id === id);
    assert.ok(found?.role === 'assistant');
    return found;
  }

  it('is decided by file and hunk in the chat; all that is left is undone at once, and redone', async () => {
    const lines = Array.from({ length: 20 }, (_, n) => `${String(n + 1)}\n`).join('');
    writeFileSync(at('rb.txt'), lines);
    const changed = lines.replace('\n3\n', '\nthree\n').replace('\n12\n', '\ntwelve\n');
    const id = await generate('Change both', { 'rb.txt': changed, 'rb2.txt': 'new\n' });
    const decide = (path: string, keeps: boolean, hunks: number[] | null = null) =>
      decideChange(room, { generation: id, path, hunks, keeps });
    const states = () =>
      answer(id)
        .changes.map(({ path: name, state }) => [name, state])
        .sort();
    await decide('rb.txt', true, [0]);
    await decide('rb.txt', false, [1]);
    assert.equal(read('rb.txt'), lines.replace('\n3\n', '\nthree\n'));
    const diff = await room.rollbacks.fileDiff(id, 'rb.txt');
    assert.deepEqual(diff.kind === 'lines' && [diff.kept, diff.undone], [[0], [1]]);
    await decide('rb.txt', true);
    assert.deepEqual(states(), [
      ['rb.txt', 'kept'],
      ['rb2.txt', undefined],
    ]);
    const preview = await room.rollbacks.preview(id, 'pending');
    assert.deepEqual(
      preview?.files.map(({ path: name, kind }) => [name, kind]),
      [['rb2.txt', 'deleted']],
    );
    await room.rollBack({ generation: id, what: 'files', onConflict: 'stop', scope: 'pending' });
    assert.equal(existsSync(at('rb2.txt')), false);
    assert.equal(read('rb.txt'), lines.replace('\n3\n', '\nthree\n'));
    assert.ok(await room.redo());
    assert.equal(read('rb2.txt'), 'new\n');
    await decide('rb2.txt', true);
    assert.equal(answer(id).changesState, 'kept');
  });

  it('is remembered of an earlier chat’s answer', async () => {
    const id = await generate('Keep it later', { 'rb.txt': 'a\n', 'rb2.txt': 'b\n' });
    const { session } = room.session.state.thread;
    room.newChat();
    await room.session.flush();
    await room.review.of(id).keepFiles(['rb.txt']);
    const { review } = await alone.review(room, id).calls().ready();
    assert.deepEqual(review.kind === 'generation' && review.files.map(({ state }) => state), ['kept', 'pending']);
    await room.history.show(session);
    assert.deepEqual(
      answer(id).changes.map(({ state }) => state),
      ['kept', undefined],
    );
  });
});
