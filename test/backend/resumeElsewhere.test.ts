import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { Client } from 'pg';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { KeptPieceStore } from '../../src/backend/generations/keptPieceStore.ts';
import { GenerationBody } from '../../src/protocol/api.ts';
import { eventually } from '../support/eventually.ts';
import { startFakeUpstream, type FakeUpstream } from '../support/fakeUpstream.ts';
import { ask, refusalOf } from '../support/meteredBackend.ts';
import { postgresServer } from '../support/postgresServer.ts';
import { readStream, streamedCharge, streamedText } from '../support/readStream.ts';
import { configFor, type TestBackend } from '../support/startBackend.ts';
import { startFleet, type Fleet } from '../support/startFleet.ts';

const words = ['One', ' two', ' three', ' four'];

describe('an answer of another process', function () {
  // Its recovery after a kill waits for a look at the leases.
  this.timeout(60_000);
  let upstream: FakeUpstream;
  let fleet: Fleet;
  let one: TestBackend;
  let other: TestBackend;
  let database: Client;
  let url: string;

  before(async () => {
    upstream = await startFakeUpstream();
    url = await (await postgresServer()).createDatabase();
    fleet = await startFleet(2, configFor(upstream.baseUrl, { database: url }));
    [one, other] = [fleet.backends[0] ?? assert.fail(), fleet.backends[1] ?? assert.fail()];
    database = new Client(url);
    await database.connect();
  });
  after(async () => {
    await database.end();
    await fleet.dispose();
    await upstream.close();
  });

  /** An answer of the first process whose client goes after two words, while the provider waits for `more`. */
  const interrupted = async (id: string) => {
    const more = Promise.withResolvers<undefined>();
    upstream.next({ text: words, afterPiece: (count) => (count >= 2 ? more.promise : undefined) });
    const headers = { 'Idempotency-Key': id, 'Tokenfare-Resume': 'true' };
    const response = await one.request('/v1/chat/completions', { json: { ...ask, stream: true }, headers });
    return { seen: await readStream(response, (events) => streamedText(events) === 'One two'), more };
  };
  /** What the second gives of it, from the moment at which it is kept where both can see it. */
  const rest = async (id: string, after: number): Promise<Response> => {
    for (;;) {
      const response = await other.request(`/v1/generations/${id}/stream?after=${after}`);
      if (response.status === 200) return response;
      await response.text();
    }
  };

  it('goes on to its end while it comes and after, from any of its events', async () => {
    const { seen, more } = await interrupted('elsewhere-1');
    const following = readStream(await rest('elsewhere-1', seen.length));
    more.resolve(undefined);
    const live = await following;
    assert.equal(streamedText([...seen, ...live]), words.join(''));
    assert.equal(live.at(-1), '[DONE]');
    const { charged } = GenerationBody.parse(await other.json('/v1/generations/elsewhere-1'));
    assert.equal(streamedCharge(live).charged, charged);
    const all = await readStream(await rest('elsewhere-1', 0));
    assert.deepEqual(all, [...seen, ...live]);
    for (const count of all.keys()) {
      assert.deepEqual(await readStream(await rest('elsewhere-1', count)), all.slice(count), String(count));
    }
  });

  it('is stopped from here, and charged for what had come', async () => {
    const { seen } = await interrupted('elsewhere-2');
    const stopped = await other.request('/v1/generations/elsewhere-2/stop', { method: 'POST' });
    const { state, charged } = GenerationBody.parse(await stopped.json());
    assert.equal(state, 'settled');
    await upstream.requests.at(-1)?.abandoned;
    const told = streamedCharge(await readStream(await rest('elsewhere-2', seen.length)));
    assert.deepEqual([told.charged, charged > 0], [charged, true]);
    const { rows } = await database.query('SELECT * FROM asked_stops');
    assert.equal(rows.length, 1);
  });

  it('is nothing for one that did not ask, and nothing for a stranger', async () => {
    const headers = { 'Idempotency-Key': 'elsewhere-3' };
    await readStream(await one.request('/v1/chat/completions', { json: { ...ask, stream: true }, headers }));
    const answer = await other.request('/v1/generations/elsewhere-3/stream');
    assert.equal((await refusalOf(answer)).code, 'not_found');
    const created = await fleet.admin(['accounts', 'create', '--email', 'bob@example.com', '--json']);
    const { key } = JSON.parse(created.stdout) as { key: string };
    const asBob = { headers: { authorization: `Bearer ${key}` } };
    assert.equal((await other.request('/v1/generations/elsewhere-1/stream', asBob)).status, 404);
  });

  it('is swept when its time is over, and not while it goes on', async () => {
    const { more } = await interrupted('elsewhere-5');
    await (await rest('elsewhere-5', 0)).body?.cancel();
    const opened = await openDatabase(url);
    const store = new KeptPieceStore(opened.query);
    const isKept = async (id: string): Promise<boolean> => (await store.latest(fleet.accountId, id)) !== undefined;
    const { ended_at: endedAt } =
      (await database.query<{ ended_at: string }>("SELECT ended_at FROM calls WHERE id = 'elsewhere-1'")).rows[0] ??
      assert.fail();
    await store.sweep(Number(endedAt));
    assert.equal(await isKept('elsewhere-1'), true);
    await store.sweep(Number(endedAt) + 1);
    assert.deepEqual([await isKept('elsewhere-1'), await isKept('elsewhere-5')], [false, true]);
    await opened.close();
    more.resolve(undefined);
  });

  it('is given as far as it was kept when its process is killed, then what happened and what it cost', async () => {
    const { seen } = await interrupted('elsewhere-4');
    const response = await rest('elsewhere-4', 0);
    const following = readStream(response, (events) => events.length > seen.length);
    // What is kept is written after it was given.
    await eventually(async () => {
      const kept = "SELECT 1 FROM kept_pieces WHERE generation_id = 'elsewhere-4' AND length(bytes) > 0";
      assert.ok((await database.query(kept)).rows.length > 0);
    });
    await one.end('SIGKILL');
    await database.query('UPDATE calls SET lease_until = 0, version = version + 1 WHERE id = $1', ['elsewhere-4']);
    const events = await following;
    assert.deepEqual(events.slice(0, -1), seen);
    const end = JSON.parse(events.at(-1) ?? '') as { error: { code: string; message: string } };
    assert.equal(end.error.code, 'unavailable');
    assert.match(end.error.message, /has ended, and the rest is lost\. What had arrived by then is charged\.$/);
    const { charged, calls } = GenerationBody.parse(await other.json('/v1/generations/elsewhere-4'));
    assert.deepEqual([calls[0]?.recovered, charged > 0], [true, true]);
    assert.equal(streamedCharge(events).charged, charged);
  });
});
