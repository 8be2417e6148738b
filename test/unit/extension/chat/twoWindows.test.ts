import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ChatSession } from '../../../../src/extension/chat/chatSession.ts';
import { StorageFiles } from '../../../../src/extension/node/storageFiles.ts';
import { prompt } from '../../../support/chatSnapshots.ts';
import { openSession } from '../../../support/openSession.ts';

const say = (session: ChatSession, text: string) => {
  session.dispatch({ kind: 'sent', message: prompt(`u-${text}`, text), generation: `g-${text}` });
};

describe('two windows on one folder', () => {
  let dir: string;
  let first: ChatSession;
  let second: ChatSession;

  beforeEach(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'tokenfare-windows-'));
    first = await openSession(new StorageFiles(dir), 's1');
    say(first, 'in the first');
    await first.flush();
    second = await openSession(new StorageFiles(dir), 's2');
  });

  afterEach(async () => {
    await Promise.all([first.close(), second.close()]);
    rmSync(dir, { recursive: true });
  });

  const kept = (id: string) => readFileSync(path.join(dir, 'sessions', `${id}.json`), 'utf8');

  it('keep both what was said in the one and in the other', async () => {
    assert.deepEqual(second.state.thread.messages, []);
    say(second, 'in the second');
    await second.flush();
    say(first, 'later in the first');
    await first.flush();
    assert.match(kept('s1'), /in the first.*later in the first/);
    assert.match(kept('s2'), /in the second/);
  });

  it('both come back with their own conversation', async () => {
    say(second, 'in the second');
    await first.close();
    await second.close();
    const again = [await openSession(new StorageFiles(dir), 's3'), await openSession(new StorageFiles(dir), 's4')];
    assert.deepEqual(again.map(({ state }) => state.thread.session).sort(), ['s1', 's2']);
    await Promise.all(again.map((session) => session.close()));
  });

  it('never have the same conversation open, but for a copy of it', async () => {
    assert.equal(await second.show('s1'), 'elsewhere');
    assert.equal(second.state.thread.session, 's2');
    assert.equal(await second.showCopy('s1', 's5'), 'shown');
    say(second, 'in the copy');
    await second.flush();
    assert.doesNotMatch(kept('s1'), /in the copy/);
    assert.match(kept('s5'), /in the first.*in the copy/);
    first.dispatch({ kind: 'newChat', session: 's6' });
    await first.flush();
    assert.equal(await second.show('s1'), 'shown');
  });

  it('waits a moment for a window that is about to go, as in a reload', async () => {
    const files = new StorageFiles(dir);
    const pause = () => first.close();
    const { session } = await ChatSession.open(files, { session: 's7', mode: 'agent', pause });
    assert.equal(session.state.thread.session, 's1');
    await session.close();
  });

  it('writes nothing once it is closed', async () => {
    await first.close();
    say(first, 'too late');
    await first.flush();
    assert.doesNotMatch(kept('s1'), /too late/);
  });
});
