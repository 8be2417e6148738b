import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { BackendConnection } from '../../src/extension/backend/backendConnection.ts';
import type { Chat } from '../../src/extension/chat/chat.ts';
import type { ChatRoom } from '../../src/extension/chat/chatRoom.ts';
import { millitokens } from '../../src/core/tokens.ts';
import { accountBody } from '../support/accountBody.ts';
import { ChatRoomAlone } from '../support/chatRoomAlone.ts';
import { eventually } from '../support/eventually.ts';
import { toolCallDelta } from '../support/scriptedBackend.ts';

describe('another account at the same server', () => {
  const alone = new ChatRoomAlone();
  const file = path.join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', 'of-ann.txt');
  let chat: Chat;
  let connection: BackendConnection;

  before(async () => {
    await alone.start();
    alone.switchTo('https://tokens.example.com');
    alone.backend.account = accountOf('ann');
    ({ chat, connection } = alone.openChat());
  });
  after(async () => {
    rmSync(file, { force: true });
    await alone.stop();
  });

  const accountOf = (id: string) => accountBody({ account: { id, email: `${id}@example.com` } });
  async function signIn(id: string): Promise<ChatRoom> {
    alone.backend.account = accountOf(id);
    connection.restart();
    await eventually(() => assert.equal(connection.account?.account.id, id));
    return chat.room;
  }
  const generations = async (room: ChatRoom): Promise<number> =>
    (await room.rollbacks.kept()).reduce((sum, kept) => sum + kept.generations.length, 0);

  it('sees no chat, no checkpoint and no saving of the first, who finds all of it again', async () => {
    const before = await chat.room;
    const first = await signIn('ann');
    assert.equal(first, before);
    await alone.savings.add('edit-for-free', millitokens(500));
    const writes = toolCallDelta('t1', 'write_file', { path: path.basename(file), content: 'x' });
    alone.backend.script(
      { kind: 'stream', deltas: [writes], end: 'tool_calls', charged: 200 },
      { kind: 'stream', deltas: [{ content: 'A secret.' }], end: 'hang' },
    );
    await first.generations.send({ id: randomUUID(), text: 'Keep it' });
    await eventually(() => assert.match(JSON.stringify(first.session.state.thread), /A secret/));
    first.saveDraft('And another thing');
    const { session } = first.session.state.thread;

    const changed: boolean[] = [];
    const following = chat.onDidChangeRoom(() => changed.push(true));
    const second = await signIn('bob');
    following.dispose();
    assert.deepEqual([changed, second.session.state.thread.messages, second.session.state.draft], [[true], [], '']);
    assert.deepEqual([await second.history.thread(session), await generations(second)], [null, 0]);
    assert.equal(alone.savings.total, 0);

    const again = await signIn('ann');
    const [asked, answer] = again.session.state.thread.messages;
    assert.ok(asked?.role === 'user' && answer?.role === 'assistant');
    assert.deepEqual([asked.text, answer.state], ['Keep it', 'stopped']);
    assert.equal(again.session.state.draft, 'And another thing');
    assert.deepEqual([await generations(again), alone.savings.total], [1, 500]);
  });
});
