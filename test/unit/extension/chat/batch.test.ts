import assert from 'node:assert/strict';
import { Batch } from '../../../../src/extension/chat/batch.ts';
import type { BatchRequest } from '../../../../src/extension/chat/batchRequest.ts';
import type { ChatSession } from '../../../../src/extension/chat/chatSession.ts';
import { MemoryFiles } from '../../../support/memoryFiles.ts';
import { openSession } from '../../../support/openSession.ts';

describe('batch', () => {
  let files: MemoryFiles;
  let session: ChatSession;
  let batch: Batch;
  let free: Set<string>;
  let done: string[];
  let sent: string[][];
  /** What the person does while one is being done. */
  let meanwhile: () => Promise<void>;

  async function open(): Promise<void> {
    session = await openSession(files);
    let ids = 0;
    batch = new Batch({
      session,
      newId: () => `r${String((ids += 1))}`,
      isFree: (text) => Promise.resolve(free.has(text)),
      doFree: (text) => {
        if (!free.has(text)) return Promise.reject(new Error('The files have changed since.'));
        done.push(text);
        return meanwhile();
      },
      sendTogether: (requests: readonly BatchRequest[]) => {
        sent.push([...done.map((text) => `after ${text}`), ...requests.map(({ text }) => text)]);
        const ids = requests.map(({ id }) => id);
        const message = { id: 'm1', texts: requests.map(({ text }) => text), attachments: [] };
        session.dispatch({ kind: 'batchWaits', message, requests: ids });
      },
    });
  }

  beforeEach(async () => {
    files = new MemoryFiles();
    [free, done, sent] = [new Set(['Make the header blue']), [], []];
    meanwhile = () => Promise.resolve();
    await open();
    session.dispatch({ kind: 'change', change: { draft: 'Add a phone column' } });
    await batch.add('Add a phone column');
    await batch.add('Make the header blue');
    await batch.add('Sort by name');
  });
  afterEach(() => session.flush());

  const listed = () => session.state.batch.map(({ text, free: is }) => (is ? `${text} (free)` : text));

  it('collects requests out of the draft and knows which are free', () => {
    assert.equal(session.state.draft, '');
    assert.deepEqual(listed(), ['Add a phone column', 'Make the header blue (free)', 'Sort by name']);
  });

  it('collects nothing from an empty draft', async () => {
    await batch.add('  ');
    assert.equal(listed().length, 3);
  });

  it('collects what a command says, without the command, and what a model is to do with it', async () => {
    session.dispatch({ kind: 'batch', requests: [] });
    for (const text of ['/batch Add a footer', '/free Make the header blue', '/fix the login', '/batch'])
      await batch.add(text);
    assert.deepEqual(listed(), ['Add a footer', 'Make the header blue (free)', '/fix the login']);
  });

  it('does what is free first, then sends the rest together, and is empty', async () => {
    await batch.send();
    assert.deepEqual(sent, [['after Make the header blue', 'Add a phone column', 'Sort by name']]);
    assert.deepEqual(listed(), []);
    await batch.send();
    assert.equal(sent.length, 1);
  });

  it('sends once for two presses', async () => {
    await Promise.all([batch.send(), batch.send()]);
    assert.equal(sent.length, 1);
    assert.deepEqual(done, ['Make the header blue']);
  });

  it('does nothing that is dropped meanwhile, and sends what is put in the place of what is being done', async () => {
    free.add('Make the footer grey');
    await batch.add('Make the footer grey');
    meanwhile = () =>
      batch.set(
        session.state.batch
          .filter(({ text }) => text !== 'Make the footer grey')
          .map(({ id, text }) => ({ id, text: text === 'Make the header blue' ? 'Rebuild the header' : text })),
      );
    await batch.send();
    assert.deepEqual(done, ['Make the header blue']);
    assert.deepEqual(sent, [
      ['after Make the header blue', 'Add a phone column', 'Rebuild the header', 'Sort by name'],
    ]);
  });

  it('keeps what is no longer free, with its price, and says why; the rest is sent', async () => {
    free.clear();
    await assert.rejects(batch.send(), /The files have changed since/);
    assert.deepEqual(sent, [['Add a phone column', 'Sort by name']]);
    assert.deepEqual(listed(), ['Make the header blue']);
  });

  it('sends no message where all is free', async () => {
    await batch.set(session.state.batch.filter((each) => each.free));
    await batch.send();
    assert.deepEqual([sent, done, listed()], [[], ['Make the header blue'], []]);
  });

  it('can be put in order, edited, cleared and brought back', async () => {
    const [phone, blue, sort] = session.state.batch;
    assert.ok(phone && blue && sort);
    free.add('Make the footer grey');
    await batch.set([sort, { id: phone.id, text: 'Make the footer grey' }]);
    assert.deepEqual(listed(), ['Sort by name', 'Make the footer grey (free)']);
    await batch.set([]);
    assert.deepEqual(listed(), []);
    await batch.set([phone, blue]);
    assert.deepEqual(listed(), ['Add a phone column', 'Make the header blue (free)']);
  });

  it('stays in a new chat and after a reload', async () => {
    session.dispatch({ kind: 'newChat', session: 's2' });
    assert.equal(listed().length, 3);
    await session.close();
    await open();
    assert.deepEqual(listed(), ['Add a phone column', 'Make the header blue (free)', 'Sort by name']);
  });
});
