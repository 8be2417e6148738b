import assert from 'node:assert/strict';
import { ChatSession } from '../../../../src/extension/chat/chatSession.ts';
import { SessionFiles } from '../../../../src/extension/chat/sessionFiles.ts';
import { attached, prompt } from '../../../support/chatSnapshots.ts';
import { MemoryFiles } from '../../../support/memoryFiles.ts';
import { openSession } from '../../../support/openSession.ts';

const said = (text: string) => ({ kind: 'sent', message: prompt(`u-${text}`, text), generation: `g-${text}` }) as const;

describe('chat session', () => {
  it('comes back as it was: messages, draft and mode', async () => {
    const files = new MemoryFiles();
    const session = await openSession(files, 's1');
    session.dispatch(said('Hello'));
    session.dispatch({ kind: 'change', change: { draft: 'more', mode: 'ask' } });
    await session.close();
    const again = await openSession(files, 's2');
    assert.deepEqual(again.state, session.state);
  });

  it('keeps a file that cannot be read, and starts anew', async () => {
    const files = new MemoryFiles();
    const before = await openSession(files, 's1');
    await before.close();
    files.texts.set('sessions/s1.json', '{"formatVersion":99}');
    const pause = () => Promise.resolve();
    const { session, damaged } = await ChatSession.open(files, { session: 's2', mode: 'agent', pause });
    assert.equal(damaged !== null && files.texts.get(damaged), '{"formatVersion":99}');
    assert.deepEqual(session.state.thread.messages, []);
  });

  it('keeps a conversation that is left while something runs in it, and lets go of it afterwards', async () => {
    const files = new MemoryFiles();
    const session = await openSession(files, 's1');
    const running = session.shown;
    const letGo = running.retain();
    session.dispatch(said('Hello'));
    session.dispatch({ kind: 'newChat', session: 's2' });
    const heard: string[] = [];
    session.onDidChange((_before, _after, { kind }) => heard.push(`shown ${kind}`));
    session.onDidChangeAny((_before, { thread }, { kind }) => heard.push(`${thread.session} ${kind}`));
    running.dispatch({ kind: 'text', generation: 'g-Hello', text: 'in the background' });
    assert.deepEqual(heard, ['s1 text']);
    assert.equal(await new SessionFiles(files).hold('s1'), null, 'no other window may write it');
    assert.equal(await session.show('s1'), 'shown');
    assert.equal(session.shown, running);
    assert.match(JSON.stringify(session.state), /in the background/);
    session.dispatch({ kind: 'newChat', session: 's3' });
    running.dispatch({ kind: 'ended', generation: 'g-Hello', state: 'done', failure: null, changes: [] });
    letGo();
    await session.flush();
    await running.close();
    assert.equal(session.find('s1'), null);
    assert.match(files.texts.get('sessions/s1.json') ?? '', /"state":"done"/);
    assert.notEqual(await new SessionFiles(files).hold('s1'), null);
  });

  it('keeps the conversation that is left for a new one, without what goes along', async () => {
    const files = new MemoryFiles();
    const session = await openSession(files, 's1');
    session.dispatch(said('Hello'));
    session.dispatch({ kind: 'change', change: { draft: 'goes along' } });
    session.dispatch({ kind: 'newChat', session: 's2' });
    await session.flush();
    const left = files.texts.get('sessions/s1.json') ?? '';
    assert.match(left, /Hello/);
    assert.doesNotMatch(left, /goes along/);
    assert.doesNotMatch(files.texts.get('sessions/s2.json') ?? '', /Hello/);
    assert.match(files.texts.get('sessions/s2.json') ?? '', /goes along/);
  });

  it('leaves no file of a conversation in which nothing was said', async () => {
    const files = new MemoryFiles();
    const session = await openSession(files, 's1');
    await session.flush();
    session.dispatch({ kind: 'newChat', session: 's2' });
    await session.flush();
    assert.ok(!files.texts.has('sessions/s1.json'));
  });

  it('takes along what was typed into it, with what is attached and what waits, to the one that is shown next', async () => {
    const session = await openSession(new MemoryFiles(), 's1');
    session.dispatch(said('First'));
    session.dispatch({ kind: 'newChat', session: 's2' });
    session.dispatch({ kind: 'waits', message: { id: 'm1', texts: ['waits'], attachments: [] } });
    session.dispatch({ kind: 'attached', attachment: attached });
    session.dispatch({ kind: 'change', change: { draft: 'typed too soon' } });
    assert.equal(await session.show('s1'), 'shown');
    const { draft, attachments, waiting } = session.state;
    assert.deepEqual([draft, attachments], ['typed too soon', [attached]]);
    assert.deepEqual(
      waiting.messages.map(({ texts }) => texts),
      [['waits']],
    );
  });

  it('shows an earlier conversation with its own draft, and keeps the one that was left', async () => {
    const files = new MemoryFiles();
    const session = await openSession(files, 's1');
    session.dispatch(said('First'));
    session.dispatch({ kind: 'newChat', session: 's2' });
    session.dispatch(said('Second'));
    session.dispatch({ kind: 'change', change: { draft: 'of the second' } });
    assert.equal(await session.show('s1'), 'shown');
    assert.equal(session.state.thread.title, 'First');
    assert.equal(session.state.draft, '');
    assert.equal(await session.show('s2'), 'shown');
    assert.equal(session.state.draft, 'of the second');
    assert.equal(await session.show('never'), 'missing');
    assert.equal(session.state.thread.session, 's2');
  });

  it('shows what was picked last, and what was picked twice once', async () => {
    const session = await openSession(new MemoryFiles(), 's1');
    session.dispatch(said('Hello'));
    session.dispatch({ kind: 'newChat', session: 's2' });
    session.dispatch(said('Bye'));
    session.dispatch({ kind: 'newChat', session: 's3' });
    assert.deepEqual(await Promise.all([session.show('s1'), session.show('s1')]), ['shown', 'shown']);
    await Promise.all([session.show('s2'), session.show('s1')]);
    assert.equal(session.state.thread.session, 's1');
  });

  it('writes a change by itself, one write after the other', async () => {
    const files = new MemoryFiles();
    const session = await openSession(files);
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
    const session = await openSession();
    const heard: string[] = [];
    const leave = session.onDidChange((before, after) => heard.push(`${before.draft}>${after.draft}`));
    session.dispatch({ kind: 'change', change: { draft: 'a' } });
    leave();
    session.dispatch({ kind: 'change', change: { draft: 'b' } });
    assert.deepEqual(heard, ['>a']);
    await session.flush();
  });
});
