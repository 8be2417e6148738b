import assert from 'node:assert/strict';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { planById } from '../../src/core/plans.ts';
import type { PublicationBody } from '../../src/protocol/api.ts';
import { commands, type CommandWriter } from '../../src/backend/commands.ts';
import type { Database } from '../../src/backend/database/database.ts';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { DatabaseUnavailable } from '../../src/backend/database/store.ts';
import { Writer } from '../../src/backend/database/writer.ts';
import { createIds } from '../../src/backend/ids.ts';
import { appAddresses } from '../../src/backend/publications/appAddress.ts';
import type { AppStore } from '../../src/backend/publications/appStore.ts';
import { publications } from '../../src/backend/publications/publications.ts';
import { Publisher } from '../../src/backend/publications/publisher.ts';
import { testDatabases, type TestDatabase } from '../support/testDatabases.ts';
import { zipOf } from '../support/zipOf.ts';

describe('the publisher, when others are as fast', () => {
  let place: TestDatabase;
  let database: Database;
  let writer: CommandWriter;
  let store: MemoryStore;
  let publisher: Publisher;
  let now: number;

  beforeEach(async () => {
    place = (await testDatabases[0]?.create()) ?? assert.fail();
    database = await openDatabase(place.url);
    now = Date.UTC(2026, 0, 1);
    const clock = (): number => now;
    writer = new Writer(database.openStore(), commands, {
      ...{ clock, onCommit: () => undefined, onFault: assert.ifError },
    });
    const plan = planById('free') ?? assert.fail();
    await writer.submit('createAccount', { id: 'a', email: 'a@example.com', plan });
    store = new MemoryStore();
    publisher = publisherWith(writer);
  });
  afterEach(async () => {
    await writer.close();
    await database.close();
    place.dispose();
  });

  const publisherWith = (queue: CommandWriter): Publisher =>
    new Publisher({
      ...{ query: database.query, writer: queue, store, ports: null, onFault: assert.ifError },
      ...{ clock: () => now, ids: createIds(() => now) },
      addresses: appAddresses('localhost', () => 'http://127.0.0.1:80'),
    });
  const publish = async (by = publisher): Promise<PublicationBody> => {
    const request = new IncomingMessage(new Socket());
    request.push(await zipOf({ 'index.html': 'x' }));
    request.push(null);
    return by.publish(request, { accountId: 'a', planId: 'free', name: 'Shop', project: null });
  };
  /** Uploads in the store, and those that the versions need that are up. */
  const uploads = async (): Promise<{ stored: string[]; needed: string[] }> => {
    const [up] = await publications.list(database.query, 'a');
    const stored = [...new Set([...store.keys].map((key) => key.split('/')[1] ?? ''))];
    return { stored, needed: (up?.versions ?? []).map(({ upload }) => upload).reverse() };
  };

  it('leaves a version its files that is put up while the one before is taken down', async () => {
    const { id } = await publish();
    const held = store.holdSync();
    const next = publish();
    await held.reached;
    await publisher.unpublish({ accountId: 'a', id });
    held.pass();
    assert.equal((await next).version, 2);
    const { stored, needed } = await uploads();
    assert.deepEqual([needed.length, stored], [1, needed]);
  });

  it('keeps the files where the database has put a version up and its answer was lost', async () => {
    const submit: CommandWriter['submit'] = async (kind, input) => {
      const answer = await writer.submit(kind, input);
      if (kind === 'addVersion') throw new DatabaseUnavailable('the connection was lost');
      return answer;
    };
    const lost = publisherWith({
      submit,
      carryOut: (kind, input) => writer.carryOut(kind, input),
      close: () => writer.close(),
    });
    await assert.rejects(publish(lost), DatabaseUnavailable);
    const { stored, needed } = await uploads();
    assert.deepEqual([needed.length, stored], [1, needed]);
  });

  it('removes with an app what publishes have left that came to no end, once they can’t be running', async () => {
    await store.put(`${(await publish()).id}/${createIds(() => now)()}/index.html`);
    now += 2 * 60 * 60 * 1000;
    const { id } = await publish();
    assert.equal((await uploads()).stored.length, 2);
    await store.put(`${id}/${createIds(() => now)()}/index.html`);
    await publisher.unpublish({ accountId: 'a', id });
    assert.equal((await uploads()).stored.length, 1);
    now += 2 * 60 * 60 * 1000;
    await publisher.unpublish({ accountId: 'a', id: (await publish()).id });
    assert.deepEqual(await uploads(), { stored: [], needed: [] });
  });

  it('makes one version of an upload, however often it is put up', async () => {
    const app = { accountId: 'a', id: 'i', slug: 's', name: 'n', project: null, upload: 'u', bytes: 1, files: 1 };
    const answers = [await writer.submit('addVersion', app), await writer.submit('addVersion', app)];
    assert.deepEqual(answers[1], answers[0]);
    assert.deepEqual((await uploads()).needed, ['u']);
  });
});

/** A store that knows which keys it has, and whose `sync` can be held. */
class MemoryStore implements AppStore {
  readonly keys = new Set<string>();
  #held: { reach: () => void; passed: Promise<undefined> } | null = null;

  holdSync() {
    const reached = Promise.withResolvers<undefined>();
    const passed = Promise.withResolvers<undefined>();
    this.#held = { reach: () => reached.resolve(undefined), passed: passed.promise };
    return { reached: reached.promise, pass: () => passed.resolve(undefined) };
  }

  put(key: string): Promise<void> {
    this.keys.add(key);
    return Promise.resolve();
  }

  async sync(): Promise<void> {
    const held = this.#held;
    this.#held = null;
    held?.reach();
    await held?.passed;
  }

  get(key: string): Promise<Readable | null> {
    return Promise.resolve(this.keys.has(key) ? Readable.from([]) : null);
  }

  list(prefix: string): Promise<string[]> {
    return Promise.resolve([...this.keys].filter((key) => key.startsWith(prefix)));
  }

  async remove(prefix: string): Promise<void> {
    for (const key of await this.list(prefix)) this.keys.delete(key);
  }
}
