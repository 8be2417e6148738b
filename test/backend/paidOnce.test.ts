import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { countModelTokens } from '../../src/backend/models/countModelTokens.ts';
import { charge } from '../../src/core/rateCard.ts';
import { GenerationBody } from '../../src/protocol/api.ts';
import { startFakeUpstream, type FakeUpstream } from '../support/fakeUpstream.ts';
import type { TokenfareObject } from '../support/readStream.ts';
import { startBackend, type TestBackend } from '../support/startBackend.ts';

const PROMPT = 'Add a phone column to the users table.';
const asked = { role: 'user', content: PROMPT };
const toolRan = { role: 'tool', tool_call_id: 'a', content: 'const rows = [];' };
const first = { model: 'test-model', messages: [asked], max_tokens: 500 };
const second = { ...first, messages: [asked, toolRan] };

describe('a message is paid for once', () => {
  let upstream: FakeUpstream;
  let backend: TestBackend;

  before(async () => {
    upstream = await startFakeUpstream();
    const models = [{ id: 'test-model', multiplier: 1, contextWindow: 65_536, maxOutputTokens: 8_192 }];
    backend = await startBackend({ config: { upstreams: [{ id: 'fake', baseUrl: upstream.baseUrl, models }] } });
  });

  after(async () => {
    await backend.dispose();
    await upstream.close();
  });

  async function complete(json: unknown, headers: Record<string, string>) {
    const response = await backend.request('/v1/chat/completions', { json, headers });
    const body = (await response.json()) as {
      tokenfare?: TokenfareObject;
      error?: { code: string; details?: { needed?: number } };
    };
    return { status: response.status, ...body };
  }

  it('by the call that goes on after one that was free, with its prompt', async () => {
    upstream.next({ status: 503 }, { usage: { prompt: 1_000, completion: 20 } });
    assert.equal((await complete(first, { 'Idempotency-Key': 'free-1' })).status, 502);
    const going = await complete(second, { 'Idempotency-Key': 'free-2', 'Tokenfare-Generation': 'free-1' });
    const promptTokens = await countModelTokens(PROMPT);
    const used = { promptTokens, contextTokens: 1_000 - promptTokens, cachedTokens: 0, responseTokens: 20 };
    const { total, parts } = charge({ ...used, firstCall: true }, 1);
    assert.deepEqual([going.tokenfare?.charged, going.tokenfare?.parts], [total, parts]);
    const generation = GenerationBody.parse(await backend.json('/v1/generations/free-1'));
    assert.deepEqual(
      generation.calls.map(({ state }) => state),
      ['released', 'settled'],
    );
    assert.equal(generation.charged, total);
  });

  it('and by no later one', async () => {
    upstream.next({ usage: { prompt: 1_100, completion: 10 } });
    const third = await complete(second, { 'Idempotency-Key': 'free-3', 'Tokenfare-Generation': 'free-1' });
    assert.equal(third.tokenfare?.parts.message, 0);
    assert.equal(third.tokenfare.parts.prompt, 0);
  });

  it('within what the client allows: a maximum below message and smallest answer is refused with what it takes', async () => {
    upstream.next({ status: 503 });
    await complete(first, { 'Idempotency-Key': 'low-1' });
    const headers = { 'Idempotency-Key': 'low-2', 'Tokenfare-Generation': 'low-1' };
    const low = await complete(second, { ...headers, 'Tokenfare-Max-Charge': '200' });
    assert.deepEqual([low.status, low.error?.code], [422, 'max_charge_too_low']);
    const needed = low.error?.details?.needed ?? 0;
    assert.ok(needed > 250);
    upstream.next({ usage: { prompt: 100, completion: 5 } });
    const enough = await complete(second, { ...headers, 'Tokenfare-Max-Charge': String(needed) });
    assert.equal(enough.tokenfare?.parts.message, 250);
    assert.ok(enough.tokenfare.charged <= needed);
  });

  it('by nobody who has no generation of ours: a tool loop of another client pays no message', async () => {
    upstream.next({ usage: { prompt: 900, completion: 10 } });
    const foreign = await complete(second, { 'Idempotency-Key': 'foreign-1' });
    assert.equal(foreign.tokenfare?.parts.message, 0);
  });
});
