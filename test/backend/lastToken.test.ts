import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as z from 'zod/mini';
import { AccountBody, LedgerBody } from '../../src/protocol/api.ts';
import { startFakeUpstream, type FakeUpstream } from '../support/fakeUpstream.ts';
import { postgresServer } from '../support/postgresServer.ts';
import { configFor, startBackend, type TestBackend } from '../support/startBackend.ts';
import { startFleet } from '../support/startFleet.ts';

const CALLS = 1_000;
const Answered = z.object({ tokenfare: z.object({ charged: z.int() }) });
const Refused = z.object({ error: z.object({ code: z.string() }) });

describe('a thousand calls at once on the last tokens', () => {
  let upstream: FakeUpstream;

  before(async () => {
    upstream = await startFakeUpstream();
    // Far more output than any hold covers, so that every charge is as large as it may be.
    upstream.always({ text: ['x'], usage: { prompt: 50, completion: 8_000 } });
  });
  after(() => upstream.close());

  const limits = { requestsPerMinute: 100_000, concurrentGenerations: 2_000 };

  /** Asks all backends at once; what was charged, and that it is what the balance fell by. */
  const shareLastTokens = async (backends: readonly TestBackend[]): Promise<void> => {
    const [first] = backends;
    assert.ok(first);
    const json = { model: 'test-model', messages: [{ role: 'user', content: 'Hi' }], max_tokens: 8_000 };
    let charged = 0;
    const outcomes = await Promise.all(
      Array.from({ length: CALLS }, async (_, index) => {
        const backend = backends[index % backends.length] ?? first;
        const response = await backend.request('/v1/chat/completions', { json });
        const body: unknown = await response.json();
        if (response.status !== 200) return Refused.parse(body).error.code;
        const hold = Number(response.headers.get('tokenfare-hold'));
        const call = Answered.parse(body).tokenfare;
        assert.ok(call.charged <= hold, `${call.charged} of a hold of ${hold}`);
        charged += call.charged;
        return 'answered';
      }),
    );
    assert.deepEqual(new Set(outcomes), new Set(['answered', 'insufficient_tokens']));
    const { available, held, used } = AccountBody.parse(await first.json('/v1/account')).balance;
    assert.deepEqual([held, used, available], [0, charged, 300_000 - charged]);
    const { transfers } = LedgerBody.parse(await first.json('/v1/ledger?limit=200'));
    assert.ok(transfers.every((transfer) => transfer.available >= 0 && transfer.held >= 0));
  };

  it('are never charged more than there is by one process on SQLite', async () => {
    const backend = await startBackend({ config: configFor(upstream.baseUrl, { limits }) });
    await shareLastTokens([backend]);
    await backend.dispose();
  });

  it('are never charged more than there is by two processes on one PostgreSQL', async () => {
    const database = await (await postgresServer()).createDatabase();
    const fleet = await startFleet(2, configFor(upstream.baseUrl, { limits, database }));
    await shareLastTokens(fleet.backends);
    await fleet.dispose();
  });
});
