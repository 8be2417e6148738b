import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { millitokens } from '../../src/core/tokens.ts';
import type { ChatRoom } from '../../src/extension/chat/chatRoom.ts';
import { HistoryCommands } from '../../src/extension/chat/historyCommands.ts';
import { prompt } from '../support/chatSnapshots.ts';
import { ChatRoomAlone } from '../support/chatRoomAlone.ts';
import { eventually } from '../support/eventually.ts';

describe('the chats of a workspace in the editor', () => {
  const alone = new ChatRoomAlone();
  let room: ChatRoom;
  let history: HistoryCommands;

  before(async () => {
    await alone.start();
    room = await alone.open();
    history = new HistoryCommands(room.history);
  });

  after(() => alone.stop());

  beforeEach(() => {
    room.newChat();
    room.session.dispatch({ kind: 'sent', message: prompt(randomUUID(), 'Hello there'), generation: randomUUID() });
  });

  const shown = () => room.session.state.thread;

  it('are those of one backend, and are there again with it', async () => {
    const { session } = shown();
    await room.session.flush();
    alone.switchTo('https://tokens.example.com');
    const elsewhere = await alone.open();
    assert.deepEqual(elsewhere.session.state.thread.messages, []);
    assert.equal(await elsewhere.session.show(session), 'missing');
    alone.switchTo('');
    assert.equal(await (await alone.open()).session.show(session), 'elsewhere');
  });

  it('are exported as a Markdown document', async () => {
    await history.export(shown().session);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'markdown');
    assert.match(document.getText(), /^# Hello there\n\n## You\n\nHello there\n/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('are renamed by a question, which starts with the name', async () => {
    let isAnswered = false;
    void history.rename(shown().session).then(() => (isAnswered = true));
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.ok(isAnswered);
    });
    assert.equal(shown().title, 'Hello there');
  });

  it('are pinned, shown again and deleted', async () => {
    const { session } = shown();
    await history.pin(session, true);
    assert.equal(room.session.state.isPinned, true);
    room.newChat();
    await history.show(session);
    assert.equal(shown().session, session);
    await history.delete(session);
    assert.notEqual(shown().session, session);
    assert.equal(await room.history.thread(session), null);
    assert.equal(await room.history.restore(session), 'done');
    assert.equal((await room.history.thread(session))?.title, 'Hello there');
  });

  it('ask for the rest of an answer that failed on the way, also in another window than the one it failed in', async () => {
    const generation = randomUUID();
    room.session.dispatch({ kind: 'sent', message: prompt(randomUUID(), 'Two steps'), generation });
    const failure = { kind: 'stepFailed', step: 2, charged: millitokens(200) } as const;
    const changes = [{ path: 'made.txt', kind: 'created', added: 1, removed: 0 } as const];
    room.session.dispatch({ kind: 'ended', generation, state: 'failed', failure, changes });
    alone.backend.script({ kind: 'stream', deltas: [{ content: 'Done.' }], end: 'stop', charged: 300 });
    await room.generations.retry(generation);
    await room.generations.settled();
    assert.equal(alone.backend.requests.at(-1)?.body.messages.at(-1)?.content, 'Continue.');
  });
});
