import assert from 'node:assert/strict';
import { ChatSession } from '../../../../src/extension/chat/chatSession.ts';
import { MemoryFiles } from '../../../support/memoryFiles.ts';
import { prompt } from '../../../support/chatSnapshots.ts';

const start = { session: 's1', mode: 'agent' } as const;
describe('chat session', () => {
  it('comes back as it was: messages, draft and mode', async () => {
    const files = new MemoryFiles();
    const { session } = await ChatSession.open(files, start);
    session.dispatch({ kind: 'sent', message: prompt('u1', 'Hello'), generation: 'g1' });
    session.dispatch({ kind: 'change', change: { draft: 'more', mode: 'ask' } });
    await session.flush();
    const again = await ChatSession.open(files, { session: 's2', mode: 'agent' });
    assert.equal(again.damaged, null);
    assert.deepEqual(again.session.state, session.state);
  });

  it('keeps a file that cannot be read, and starts anew', async () => {
    const files = new MemoryFiles();
    files.texts.set('chat.json', '{"formatVersion":99}');
    const { session, damaged } = await ChatSession.open(files, start);
    assert.equal(damaged !== null && files.texts.get(damaged), '{"formatVersion":99}');
    assert.deepEqual(session.state.thread.messages, []);
  });

  it('keeps the earlier conversation when a new one starts', async () => {
    const files = new MemoryFiles();
    const { session } = await ChatSession.open(files, start);
    session.dispatch({ kind: 'sent', message: prompt('u1', 'Hello'), generation: 'g1' });
    session.dispatch({ kind: 'newChat', session: 's2' });
    await session.flush();
    assert.match(files.texts.get('sessions/s1.json') ?? '', /Hello/);
    assert.doesNotMatch(files.texts.get('chat.json') ?? '', /Hello/);
  });

  it('writes a change by itself, one write after the other', async () => {
    const files = new MemoryFiles();
    const { session } = await ChatSession.open(files, start);
    const first = Promise.withResolvers<undefined>();
    const begun = Promise.withResolvers<undefined>();
    const order: string[] = [];
    files.write = async (_name, text) => {
      order.push(`begins ${text.includes('second') ? 'second' : 'first'}`);
      begun.resolve(undefined);
      if (order.length === 1) await first.promise;
      order.push('ends');
    };
    session.dispatch({ kind: 'change', change: { draft: 'first' } });
    await begun.promise;
    session.dispatch({ kind: 'change', change: { draft: 'second' } });
    const written = session.flush();
    await new Promise((resolve) => setImmediate(resolve));
    first.resolve(undefined);
    await written;
    assert.deepEqual(order, ['begins first', 'ends', 'begins second', 'ends']);
  });

  it('tells its listeners what was before and after, until they leave', async () => {
    const { session } = await ChatSession.open(new MemoryFiles(), start);
    const heard: string[] = [];
    const leave = session.onDidChange((before, after) => heard.push(`${before.draft}>${after.draft}`));
    session.dispatch({ kind: 'change', change: { draft: 'a' } });
    leave();
    session.dispatch({ kind: 'change', change: { draft: 'b' } });
    assert.deepEqual(heard, ['>a']);
    await session.flush();
  });
});
