import assert from 'node:assert/strict';
import { ChatHistory } from '../../../../src/extension/chat/chatHistory.ts';
import type { ChatSession } from '../../../../src/extension/chat/chatSession.ts';
import { prompt } from '../../../support/chatSnapshots.ts';
import { MemoryFiles } from '../../../support/memoryFiles.ts';
import { openSession } from '../../../support/openSession.ts';

describe('chat history', () => {
  let files: MemoryFiles;
  let session: ChatSession;
  let history: ChatHistory;
  let left: number;
  let ended: string[];
  let arrived: string[];
  let now: Date;

  /** Two chats: s1, which was left, and s2, which is shown. */
  beforeEach(async () => {
    files = new MemoryFiles();
    session = await openSession(files, 's1');
    session.dispatch({ kind: 'sent', message: prompt('u1', 'First'), generation: 'g1' });
    session.dispatch({ kind: 'newChat', session: 's2' });
    session.dispatch({ kind: 'sent', message: prompt('u2', 'Second'), generation: 'g2' });
    await session.flush();
    left = 0;
    ended = [];
    arrived = [];
    now = new Date(1_000);
    const arrive = () => Promise.resolve(void arrived.push(session.state.thread.session));
    const leave = () => void (left += 1);
    const end = (id: string) => Promise.resolve(void ended.push(id));
    let made = 9;
    const newId = () => `s${String(made++)}`;
    history = new ChatHistory(session, files, { now: () => now, newId, leave, arrive, end });
  });

  const kept = (id: string) => files.texts.get(`sessions/${id}.json`);

  it('renames the one that is shown and the others, and a first message names neither anew', async () => {
    assert.equal(await history.rename('s1', 'One'), 'done');
    assert.equal(await history.rename('s2', 'Two'), 'done');
    session.dispatch({ kind: 'sent', message: prompt('u3', 'Third'), generation: 'g3' });
    await session.flush();
    assert.match(kept('s1') ?? '', /"title":"One"/);
    assert.match(kept('s2') ?? '', /"title":"Two"/);
    assert.equal((await history.thread('s1'))?.title, 'One');
    assert.equal(session.state.thread.title, 'Two');
  });

  it('pins and unpins', async () => {
    await history.pin('s1', true);
    await history.pin('s2', true);
    assert.match(kept('s1') ?? '', /"isPinned":true/);
    assert.match(kept('s2') ?? '', /"isPinned":true/);
    await history.pin('s1', false);
    assert.match(kept('s1') ?? '', /"isPinned":false/);
  });

  it('ends what runs before another chat is shown', async () => {
    assert.equal(await history.show('s1'), 'shown');
    assert.equal(left, 1);
    assert.deepEqual(arrived, ['s1']);
  });

  it('deletes and brings back, whole', async () => {
    const before = kept('s1');
    assert.equal(await history.delete('s1'), 'done');
    assert.equal(kept('s1'), undefined);
    assert.equal(await history.show('s1'), 'missing');
    assert.equal(await history.restore('s1'), 'done');
    assert.equal(kept('s1'), before);
    assert.equal(await history.restore('s1'), 'missing');
  });

  it('shows one that is brought back where it was, unless the person has gone on', async () => {
    await history.delete('s2');
    session.dispatch({ kind: 'change', change: { draft: 'typed since' } });
    assert.equal(await history.restore('s2'), 'done');
    const { thread, draft } = session.state;
    assert.deepEqual([thread.session, thread.messages.length > 0, draft], ['s2', true, 'typed since']);
    await history.delete('s2');
    session.dispatch({ kind: 'sent', message: prompt('u4', 'Something else'), generation: 'g4' });
    await history.restore('s2');
    assert.equal(session.state.thread.session, 's10');
    await history.delete('s1');
    await history.restore('s1');
    assert.equal(session.state.thread.session, 's10', 'it was not shown');
  });

  it('begins a new chat in the place of the one that is shown and deleted', async () => {
    assert.equal(await history.delete('s2'), 'done');
    assert.deepEqual(ended.includes('s2'), true, 'what runs in it is stopped first');
    assert.equal(session.state.thread.session, 's9');
    assert.equal(kept('s2'), undefined);
    await session.flush();
    assert.equal(kept('s2'), undefined);
    assert.equal(left, 1);
  });

  it('forgets what was deleted more than a day ago, and nothing younger', async () => {
    const day = 24 * 60 * 60 * 1000;
    await history.delete('s1');
    files.now = day;
    now = new Date(day + 1_000);
    await history.delete('s2');
    assert.ok(!files.texts.has('deleted/s1.json'));
    assert.ok(files.texts.has('deleted/s2.json'));
  });

  it('leaves alone what another window shows', async () => {
    const other = await openSession(files, 's3');
    other.dispatch({ kind: 'sent', message: prompt('u4', 'Elsewhere'), generation: 'g4' });
    await other.flush();
    const before = kept('s3');
    assert.deepEqual(
      [await history.rename('s3', 'Mine'), await history.pin('s3', true), await history.delete('s3')],
      ['elsewhere', 'elsewhere', 'elsewhere'],
    );
    assert.equal(await history.show('s3'), 'elsewhere');
    assert.deepEqual(arrived, []);
    assert.equal(kept('s3'), before);
    assert.equal(await history.showCopy('s3'), 'shown');
    assert.deepEqual([session.state.thread.session, session.state.thread.title], ['s9', 'Elsewhere']);
  });
});
