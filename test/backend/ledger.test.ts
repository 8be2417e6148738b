import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as z from 'zod/mini';
import { AccountBody, GenerationBody, GenerationsBody, LedgerBody, UsageBody } from '../../src/protocol/api.ts';
import { InsufficientDetails } from '../../src/protocol/errors.ts';
import { eventually } from '../support/eventually.ts';
import { startFakeUpstream, type FakeUpstream } from '../support/fakeUpstream.ts';
import { readStream, streamedCharge } from '../support/readStream.ts';
import { configFor, runAdmin, startBackend, type TestBackend } from '../support/startBackend.ts';

const ask = { model: 'test-model', messages: [{ role: 'user', content: 'Hi' }], max_tokens: 300 };
const Refused = z.object({ error: z.object({ code: z.string(), details: z.optional(InsufficientDetails) }) });

describe('the ledger under concurrency and crashes', () => {
  let upstream: FakeUpstream;

  before(async () => {
    upstream = await startFakeUpstream();
  });
  after(() => upstream.close());

  const balanceOf = async (backend: TestBackend): Promise<AccountBody['balance']> =>
    AccountBody.parse(await backend.json('/v1/account')).balance;

  it('lets a hundred calls at once share the last tokens, none below zero and none beyond its hold', async () => {
    const limits = { requestsPerMinute: 100_000, concurrentGenerations: 1_000 };
    const backend = await startBackend({ config: configFor(upstream.baseUrl, { limits }) });
    upstream.always({ text: ['x'], usage: { prompt: 50, completion: 8_000 } });
    const large = { ...ask, max_tokens: 8_000 };
    let charged = 0;
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const response = await backend.request('/v1/chat/completions', { json: large });
        const body: unknown = await response.json();
        if (response.status !== 200) return Refused.parse(body).error.code;
        charged += z.object({ tokenfare: z.object({ charged: z.int() }) }).parse(body).tokenfare.charged;
        return 'answered';
      }),
    );
    const { available, held, used } = await balanceOf(backend);
    assert.ok(outcomes.includes('answered') && outcomes.includes('insufficient_tokens'));
    assert.deepEqual(new Set(outcomes), new Set(['answered', 'insufficient_tokens']));
    assert.deepEqual([held, used, available], [0, charged, 300_000 - charged]);
    await backend.dispose();
  });

  it('refuses calls beyond the limits, at once and in a minute, and says when to come back', async () => {
    const limits = { requestsPerMinute: 3, concurrentGenerations: 2 };
    const backend = await startBackend({ config: configFor(upstream.baseUrl, { limits }) });
    const gate = Promise.withResolvers<undefined>();
    upstream.always({ text: ['x'], afterPiece: () => gate.promise.then(() => undefined) });
    const already = upstream.requests.length;
    const call = () => backend.request('/v1/chat/completions', { json: ask });
    const two = [call(), call()];
    await upstream.received(already + 2);
    for (const refused of [await call(), await call()]) {
      assert.equal(refused.status, 429);
      assert.equal(Refused.parse(await refused.json()).error.code, 'rate_limited');
      assert.ok(Number(refused.headers.get('retry-after')) >= 1);
    }
    gate.resolve(undefined);
    assert.deepEqual(
      (await Promise.all(two)).map(({ status }) => status),
      [200, 200],
    );
    await backend.dispose();
  });

  it('says at the end of the tokens what is there, what is needed and what comes next', async () => {
    const backend = await startBackend({ config: configFor(upstream.baseUrl) });
    upstream.always({ text: ['x'], usage: { prompt: 50, completion: 1_000_000 } });
    const large = { ...ask, max_tokens: 8_000, n: 100 };
    let last = await backend.request('/v1/chat/completions', { json: large });
    while (last.status === 200) {
      await last.arrayBuffer();
      last = await backend.request('/v1/chat/completions', { json: large });
    }
    assert.equal(last.status, 402);
    const { code, details } = Refused.parse(await last.json()).error;
    const { period, balance, warning } = AccountBody.parse(await backend.json('/v1/account'));
    assert.equal(code, 'insufficient_tokens');
    assert.ok(details);
    assert.equal(details.available, balance.available);
    assert.ok(details.needed > balance.available);
    assert.equal(details.resetsAt, period.end);
    assert.equal(details.upgradeTo, 'pro');
    assert.notEqual(warning, null);
    await backend.dispose();
  });

  it('charges after a kill what was delivered, and nothing where nothing was', async () => {
    const backend = await startBackend({ config: configFor(upstream.baseUrl) });
    const never = new Promise<void>(() => undefined);
    upstream.next(
      { text: ['These words arrived before the end', '!'], afterPiece: () => never },
      { afterPiece: () => never },
    );
    const json = { ...ask, stream: true };
    const count = upstream.requests.length;
    const streamed = await backend.request('/v1/chat/completions', { json, headers: { 'Idempotency-Key': 'cut' } });
    const silent = backend.request('/v1/chat/completions', { json: ask, headers: { 'Idempotency-Key': 'silent' } });
    silent.catch(() => undefined);
    await readSome(streamed);
    await upstream.received(count + 2);
    await eventually(async () => {
      const [call] = GenerationBody.parse(await backend.json('/v1/generations/cut')).calls;
      assert.notEqual(call?.responseTokens, 0);
    });
    await backend.end('SIGKILL');
    await assert.rejects(silent);

    const again = await startBackend({ dataDir: backend.dataDir, config: configFor(upstream.baseUrl) });
    const cut = GenerationBody.parse(await again.json('/v1/generations/cut'));
    const [call] = cut.calls;
    assert.deepEqual([cut.state, call?.state, call?.recovered], ['settled', 'settled', true]);
    assert.ok(cut.charged > 250 && cut.charged <= (call?.hold ?? 0));
    const nothing = GenerationBody.parse(await again.json('/v1/generations/silent'));
    assert.deepEqual([nothing.state, nothing.charged, nothing.calls[0]?.recovered], ['released', 0, true]);
    const { available, held, used } = await balanceOf(again);
    assert.deepEqual([held, used, available], [0, cut.charged, 300_000 - cut.charged]);
    await again.dispose();
  });

  it('loses and doubles no answered charge, whenever it is killed under load', async () => {
    const limits = { requestsPerMinute: 100_000, concurrentGenerations: 100 };
    const config = configFor(upstream.baseUrl, { limits });
    upstream.always({ text: ['Some', ' words', ' of', ' it'], usage: { prompt: 50, completion: 100 } });
    const answered = new Map<string, number>();
    let backend = await startBackend({ config });
    for (const killAfter of [3, 10, 25]) {
      const target = answered.size + killAfter;
      const running = backend;
      const worker = async (name: number): Promise<void> => {
        for (let count = 0; answered.size < target; count += 1) {
          const key = `${killAfter}-${name}-${count}`;
          const charged = await callOnce(running, key).catch(() => null);
          if (charged === null) return;
          answered.set(key, charged);
          if (answered.size === target) await running.end('SIGKILL');
        }
      };
      await Promise.all(Array.from({ length: 6 }, (_, name) => worker(name)));
      backend = await startBackend({ dataDir: running.dataDir, config });
      for (const [key, charged] of answered) {
        assert.equal(GenerationBody.parse(await backend.json(`/v1/generations/${key}`)).charged, charged, key);
      }
      assert.equal((await runAdmin(backend.dataDir, ['ledger', 'verify'])).code, 0);
      assert.equal((await balanceOf(backend)).held, 0);
    }
    await backend.dispose();
  });

  it('lists every transfer with the rows after it, generations in pages, and sums by day', async () => {
    const backend = await startBackend({ config: configFor(upstream.baseUrl) });
    upstream.always({ text: ['x'], usage: { prompt: 50, completion: 10 } });
    for (const session of ['a', 'b', 'a']) {
      await backend.json('/v1/chat/completions', { json: ask, headers: { 'Tokenfare-Session': session } });
    }
    const first = GenerationsBody.parse(await backend.json('/v1/generations?limit=2'));
    const rest = GenerationsBody.parse(await backend.json(`/v1/generations?limit=2&cursor=${first.next ?? ''}`));
    assert.deepEqual([first.generations.length, rest.generations.length, rest.next], [2, 1, null]);
    const { used, available } = await balanceOf(backend);
    const { transfers } = LedgerBody.parse(await backend.json('/v1/ledger'));
    assert.equal(transfers.at(-1)?.kind, 'grant');
    assert.equal(transfers[0]?.available, available);
    const settled = transfers.filter(({ kind }) => kind === 'settle').reduce((sum, { amount }) => sum + amount, 0);
    assert.equal(settled, used);
    const days = UsageBody.parse(await backend.json('/v1/usage?by=day&tz=Pacific/Auckland'));
    assert.deepEqual(
      days.series.map(({ charged, generations }) => [charged, generations]),
      [[used, 3]],
    );
    const sessions = UsageBody.parse(await backend.json('/v1/usage?by=session'));
    assert.deepEqual(
      sessions.series.map(({ key, generations }) => [key, generations]),
      [
        ['a', 2],
        ['b', 1],
      ],
    );
    assert.equal((await backend.request('/v1/usage?tz=Nowhere')).status, 422);
    await backend.dispose();
  });

  it('finds a broken balance', async () => {
    const backend = await startBackend({ config: configFor(upstream.baseUrl) });
    await backend.end('SIGTERM');
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(`${backend.dataDir}/tokenfare.db`);
    database.exec('UPDATE ledger_accounts SET available = available + 1');
    const report = await runAdmin(backend.dataDir, ['ledger', 'verify', '--json']);
    assert.equal(report.code, 1);
    assert.match(report.stdout, /"ok":false.*rows_are_sums_of_transfers/);
    database.exec('UPDATE ledger_accounts SET available = available - 1');
    database.close();
    await backend.dispose();
  });
});

/** One streamed call; what its end says was charged. */
async function callOnce(backend: TestBackend, key: string): Promise<number> {
  const json = { ...ask, stream: true };
  const response = await backend.request('/v1/chat/completions', { json, headers: { 'Idempotency-Key': key } });
  const events = await readStream(response);
  assert.equal(events.at(-1), '[DONE]');
  return streamedCharge(events).charged;
}

async function readSome(response: Response): Promise<void> {
  const reader = response.body?.getReader();
  let text = '';
  while (reader !== undefined && !text.includes('arrived')) {
    const { value, done } = await reader.read();
    if (done) return;
    text += new TextDecoder().decode(value);
  }
}
