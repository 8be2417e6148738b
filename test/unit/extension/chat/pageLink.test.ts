import assert from 'node:assert/strict';
import type { Composer, PageCalls, Status } from '../../../../src/protocol/chat.ts';
import type { ChatSession } from '../../../../src/extension/chat/chatSession.ts';
import { PageLink } from '../../../../src/extension/chat/pageLink.ts';
import { prompt } from '../../../support/chatSnapshots.ts';
import { openSession } from '../../../support/openSession.ts';

describe('page link', () => {
  let heard: [string, unknown][];
  let session: ChatSession;
  let link: PageLink;

  beforeEach(async () => {
    heard = [];
    session = await openSession();
    const hear = (name: string) => (value?: unknown) => void heard.push([name, value]);
    const page = Object.fromEntries(
      ['thread', 'message', 'delta', 'status', 'composer', 'focus'].map((name) => [name, hear(name)]),
    ) as unknown as PageCalls;
    const snapshots = {
      status: () => 'status' as unknown as Status,
      composer: () => 'composer' as unknown as Composer,
    };
    link = new PageLink(page, session, snapshots);
  });

  afterEach(async () => {
    link.dispose();
    await session.flush();
  });

  const until = async (name: string) => {
    while (!heard.some(([each]) => each === name)) await new Promise((resolve) => setImmediate(resolve));
  };
  const names = () => heard.map(([name]) => name);

  it('sends a new message whole, and streamed text in pieces', async () => {
    session.dispatch({ kind: 'sent', message: prompt('u1', 'Hello'), generation: 'g1' });
    assert.deepEqual(names(), ['thread'], 'the title came with it');
    session.dispatch({ kind: 'text', generation: 'g1', text: 'a' });
    session.dispatch({ kind: 'text', generation: 'g1', text: 'b' });
    await until('delta');
    assert.deepEqual(heard.find(([name]) => name === 'delta')?.[1], { message: 'g1', text: 'ab' });
  });

  it('sends text that waits before the message that has it, and never twice', async () => {
    session.dispatch({ kind: 'sent', message: prompt('u1', 'Hello'), generation: 'g1' });
    session.dispatch({ kind: 'text', generation: 'g1', text: 'a' });
    session.dispatch({ kind: 'ended', generation: 'g1', state: 'done', failure: null, changes: [] });
    assert.deepEqual(names(), ['thread', 'delta', 'status', 'message']);
    session.dispatch({ kind: 'text', generation: 'g1', text: 'b' });
    await until('status');
    while (names().filter((name) => name === 'delta').length < 2) await new Promise((resolve) => setImmediate(resolve));
    const deltas = heard.filter(([name]) => name === 'delta').map(([, value]) => value);
    assert.deepEqual(deltas, [
      { message: 'g1', text: 'a' },
      { message: 'g1', text: 'b' },
    ]);
  });

  it('sends the state that waits before a message: with the end of an answer comes that nothing runs', async () => {
    session.dispatch({ kind: 'sent', message: prompt('u1', 'Hello'), generation: 'g1' });
    await until('status');
    heard = [];
    link.statusChanged();
    session.dispatch({ kind: 'ended', generation: 'g1', state: 'done', failure: null, changes: [] });
    assert.deepEqual(names(), ['status', 'message']);
  });

  it('tells of the composer when the draft changed on this side', async () => {
    session.dispatch({ kind: 'change', change: { draft: 'back' } });
    await until('composer');
    assert.deepEqual(names(), ['composer']);
  });

  it('says nothing after it was disposed', async () => {
    link.dispose();
    session.dispatch({ kind: 'change', change: { draft: 'x' } });
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(heard, []);
  });
});
