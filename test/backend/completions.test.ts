import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { charge } from '../../src/core/rateCard.ts';
import { countModelTokens } from '../../src/backend/models/countModelTokens.ts';
import { AccountBody, GenerationBody } from '../../src/protocol/api.ts';
import { startFakeUpstream, type FakeUpstream } from '../support/fakeUpstream.ts';
import { readStream, streamedCharge, streamedText, type TokenfareObject } from '../support/readStream.ts';
import { startBackend, type TestBackend } from '../support/startBackend.ts';

const prompt = 'Create a users table with columns: name, email.';
const messages = [{ role: 'user', content: prompt }];
const ask = { model: 'test-model', messages, max_tokens: 500 };

describe('chat completions', () => {
  let upstream: FakeUpstream;
  let backend: TestBackend;

  before(async () => {
    upstream = await startFakeUpstream();
    const models = ['test-model', 'dear-model'].map((id) => ({
      id,
      multiplier: id === 'dear-model' ? 20 : 1,
      contextWindow: 65_536,
      maxOutputTokens: 8_192,
    }));
    backend = await startBackend({ config: { upstreams: [{ id: 'fake', baseUrl: upstream.baseUrl, models }] } });
  });
  after(async () => {
    await backend.dispose();
    await upstream.close();
  });

  const balance = async (): Promise<AccountBody['balance']> =>
    AccountBody.parse(await backend.json('/v1/account')).balance;
  const complete = (json: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    backend.request('/v1/chat/completions', { json, headers });
  const refusalOf = async (
    response: Response,
  ): Promise<{ status: number; code: string; param?: string; details?: Record<string, unknown> }> => {
    const { error } = (await response.json()) as {
      error: { code: string; param?: string; details?: Record<string, unknown> };
    };
    return { ...error, status: response.status };
  };
  const expected = async (used: { prompt: number; completion: number; cached?: number }) => {
    const promptTokens = Math.min(await countModelTokens(prompt), used.prompt);
    const cachedTokens = used.cached ?? 0;
    const contextTokens = used.prompt - promptTokens - cachedTokens;
    return charge({ promptTokens, contextTokens, cachedTokens, responseTokens: used.completion, firstCall: true }, 1);
  };

  it('streams an answer, and charges exactly what the rate card says of its usage', async () => {
    const earlier = await balance();
    upstream.next({ text: ['One', ' two', ' three.'], usage: { prompt: 1_300, completion: 777, cached: 400 } });
    const response = await complete(
      { ...ask, stream: true },
      { 'Idempotency-Key': 'gen-1', 'Tokenfare-Project': 'p1' },
    );
    const events = await readStream(response);
    const { total, parts } = await expected({ prompt: 1_300, completion: 777, cached: 400 });
    const told = streamedCharge(events);
    assert.equal(streamedText(events), 'One two three.');
    assert.equal(events.at(-1), '[DONE]');
    assert.deepEqual(told, {
      generation: 'gen-1',
      charged: total,
      parts,
      balance: { available: earlier.available - total, held: 0 },
      capped: false,
    });
    assert.equal(response.headers.get('tokenfare-generation'), 'gen-1');
    assert.ok(Number(response.headers.get('tokenfare-hold')) >= total);
    const now = await balance();
    assert.equal(now.available, earlier.available - total);
    assert.equal(now.used, earlier.used + total);
    const generation = GenerationBody.parse(await backend.json('/v1/generations/gen-1'));
    assert.equal(generation.state, 'settled');
    assert.equal(generation.project, 'p1');
    assert.deepEqual(generation.parts, parts);
    assert.equal(generation.calls[0]?.responseTokens, 777);
  });

  it('asks for usage always, and shows it only to a client that asked', async () => {
    const hidden = await readStream(await complete({ ...ask, stream: true }));
    assert.ok(hidden.every((data) => !data.includes('"usage"')));
    const shown = await readStream(await complete({ ...ask, stream: true, stream_options: { include_usage: true } }));
    assert.equal(shown.filter((data) => data.includes('"prompt_tokens":20')).length, 1);
    const sent = upstream.requests.at(-2)?.body['stream_options'];
    assert.deepEqual(sent, { include_usage: true });
  });

  it('passes unknown fields, tool calls and headers through', async () => {
    const input = { path: 'a.html', content: '<p>ü</p>' };
    upstream.next({ toolCalls: [{ name: 'write_file', input }], usage: { prompt: 20, completion: 9 } });
    const response = await complete({
      ...ask,
      stream: true,
      top_k: 7,
      tools: [{ type: 'function', function: { name: 'write_file' } }],
    });
    const events = await readStream(response);
    assert.ok(events.some((data) => data.includes(JSON.stringify(JSON.stringify(input)).slice(1, -1))));
    assert.equal(upstream.requests.at(-1)?.body['top_k'], 7);
    assert.equal(response.headers.get('x-request-id'), 'req_1');
  });

  it('adds only its own field to a plain answer, byte for byte', async () => {
    const raw =
      '{"id": "x", "seed": 12345678901234567890, "choices": [{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}], "usage": {"prompt_tokens": 20, "completion_tokens": 3}}';
    upstream.next({ raw });
    const text = await (await complete(ask)).text();
    assert.ok(text.startsWith(raw.slice(0, -1)));
    const { charged } = (JSON.parse(text) as { tokenfare: TokenfareObject }).tokenfare;
    assert.equal(charged, (await expected({ prompt: 20, completion: 3 })).total);
  });

  it('counts by itself where the provider reports no usage, and says so', async () => {
    upstream.next({ text: ['Four words are here'], usage: null });
    await readStream(await complete({ ...ask, stream: true }, { 'Idempotency-Key': 'counted-1' }));
    const { calls } = GenerationBody.parse(await backend.json('/v1/generations/counted-1'));
    const counted = await countModelTokens('Four words are here');
    assert.deepEqual(
      calls.map((call) => [call.counted, call.responseTokens]),
      [[true, counted]],
    );
  });

  it('charges nothing when the provider refuses, and hands on what it said', async () => {
    const earlier = await balance();
    upstream.next({ status: 429, error: { message: 'slow down', type: 'x' }, headers: { 'retry-after': '12' } });
    const response = await complete({ ...ask, stream: true });
    const refusal = await refusalOf(response);
    assert.equal(refusal.status, 502);
    assert.equal(refusal.code, 'upstream_failed');
    assert.deepEqual(refusal.details, { status: 429, error: { message: 'slow down', type: 'x' } });
    assert.equal(response.headers.get('retry-after'), '12');
    assert.deepEqual(await balance(), earlier);
  });

  it('charges nothing when the provider breaks off in the middle', async () => {
    const earlier = await balance();
    const seen = Promise.withResolvers<undefined>();
    upstream.next({ text: ['Half'], breakAfter: 1, afterPiece: () => seen.promise });
    const events = await readStream(
      await complete({ ...ask, stream: true }, { 'Idempotency-Key': 'broken-1' }),
      (sofar) => {
        if (streamedText(sofar.filter((data) => !data.includes('"error"'))) !== '') seen.resolve(undefined);
        return false;
      },
    );
    const last = JSON.parse(events.at(-1) ?? '{}') as { error: { code: string }; tokenfare: TokenfareObject };
    assert.equal(last.error.code, 'upstream_failed');
    assert.equal(last.tokenfare.charged, 0);
    assert.deepEqual(await balance(), earlier);
    assert.equal(GenerationBody.parse(await backend.json('/v1/generations/broken-1')).state, 'released');
  });

  for (const [what, raw] of [
    ['broken JSON', 'data: {"choices":[\n\ndata: [DONE]\n\n'],
    ['an error in spite of its status', 'data: {"error":{"message":"overloaded"}}\n\n'],
    ['an end without a reason', 'data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\n'],
    ['nothing but its end', 'data: [DONE]\n\n'],
  ] as const) {
    it(`charges nothing for a stream with ${what}`, async () => {
      const earlier = await balance();
      upstream.next({ raw });
      const text = await (await complete({ ...ask, stream: true })).text();
      assert.match(text, /upstream_failed/);
      assert.deepEqual(await balance(), earlier);
    });
  }

  it('charges nothing for a plain answer with nothing in it', async () => {
    const earlier = await balance();
    upstream.next({ raw: '{"choices":[]}' });
    assert.equal((await refusalOf(await complete(ask))).code, 'upstream_failed');
    assert.deepEqual(await balance(), earlier);
  });

  it('counts by itself where the reported usage is beyond all sense', async () => {
    const usage = { prompt: Number.MAX_SAFE_INTEGER, completion: Number.MAX_SAFE_INTEGER };
    upstream.next({ text: ['Hello'], usage }, { text: ['Hello'], usage });
    await complete({ ...ask, model: 'dear-model' }, { 'Idempotency-Key': 'absurd-1' });
    const events = await readStream(await complete({ ...ask, model: 'dear-model', stream: true }));
    const { calls, charged } = GenerationBody.parse(await backend.json('/v1/generations/absurd-1'));
    assert.equal(calls[0]?.counted, true);
    assert.equal(streamedCharge(events).charged, charged);
    assert.equal((await balance()).held, 0);
  });

  it('ends with the answer, also if the provider keeps its connection open', async () => {
    const last = '{"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}';
    const usage = '{"choices":[],"usage":{"prompt_tokens":20,"completion_tokens":3}}';
    const raw = `data: ${last}\n\ndata: ${usage}\n\ndata: [DONE]\n\n`;
    upstream.next({ raw, staysOpen: true });
    const events = await readStream(await complete({ ...ask, stream: true }));
    assert.equal(streamedCharge(events).charged, (await expected({ prompt: 20, completion: 3 })).total);
  });

  it('waits for a slow client, and gives it all there is', async () => {
    const text = Array.from({ length: 400 }, (_, index) => `${index}:`.padEnd(10_000, 'x'));
    upstream.next({ text, usage: { prompt: 20, completion: 30 } });
    const response = await complete({ ...ask, stream: true });
    await backend.json('/v1/account');
    assert.equal(streamedText(await readStream(response)), text.join(''));
  });

  it('stops the provider when the client goes, and charges what arrived', async () => {
    const earlier = await balance();
    const more = Promise.withResolvers<undefined>();
    upstream.next({ text: ['First words of it', ' never read'], afterPiece: () => more.promise });
    const response = await complete({ ...ask, stream: true }, { 'Idempotency-Key': 'gone-1' });
    await readStream(response, (events) => streamedText(events) !== '');
    await upstream.requests.at(-1)?.abandoned;
    more.resolve(undefined);
    const generation = await eventually(async () => GenerationBody.parse(await backend.json('/v1/generations/gone-1')));
    assert.equal(generation.state, 'settled');
    assert.equal(generation.calls[0]?.responseTokens, await countModelTokens('First words of it'));
    const now = await balance();
    assert.equal(earlier.available - now.available, generation.charged);
    assert.equal(now.held, 0);
  });

  it('charges nothing to a client that goes before anything has arrived', async () => {
    const earlier = await balance();
    const abort = new AbortController();
    const more = Promise.withResolvers<undefined>();
    const count = upstream.requests.length;
    upstream.next({ afterPiece: () => more.promise });
    const asked = backend.request('/v1/chat/completions', {
      json: ask,
      signal: abort.signal,
      headers: { 'Idempotency-Key': 'gone-2' },
    });
    await upstream.received(count + 1);
    abort.abort();
    await assert.rejects(asked);
    await upstream.requests.at(-1)?.abandoned;
    more.resolve(undefined);
    await eventually(async () => GenerationBody.parse(await backend.json('/v1/generations/gone-2')));
    assert.deepEqual(await balance(), earlier);
  });

  it('stops a generation by its route, and still ends the answer with its charge', async () => {
    const more = Promise.withResolvers<undefined>();
    upstream.next({ text: ['Some', ' more'], afterPiece: () => more.promise });
    const response = await complete({ ...ask, stream: true }, { 'Idempotency-Key': 'stopped-1' });
    const reading = readStream(response);
    await upstream.received(upstream.requests.length);
    const generation = GenerationBody.parse(await backend.json('/v1/generations/stopped-1/stop', { method: 'POST' }));
    more.resolve(undefined);
    const told = streamedCharge(await reading);
    assert.equal(generation.state, 'settled');
    assert.equal(told.charged, generation.charged);
  });

  it('never charges a key twice', async () => {
    const key = { 'Idempotency-Key': 'once-1' };
    const first = (await (await complete(ask, key)).json()) as { tokenfare: TokenfareObject };
    const again = await complete(ask, key);
    assert.equal(again.headers.get('x-should-retry'), 'false');
    const refusal = await refusalOf(again);
    assert.deepEqual([refusal.status, refusal.code], [409, 'generation_settled']);
    assert.equal(refusal.details?.['charged'], first.tokenfare.charged);
    const other = await refusalOf(await complete({ ...ask, max_tokens: 400 }, key));
    assert.deepEqual([other.status, other.code], [409, 'idempotency_conflict']);
  });

  it('says that a key is open while it is, and takes it again after a release', async () => {
    const more = Promise.withResolvers<undefined>();
    upstream.next({ afterPiece: () => more.promise, breakAfter: 0 });
    const key = { 'Idempotency-Key': 'again-1' };
    const count = upstream.requests.length;
    const first = complete(ask, key);
    await upstream.received(count + 1);
    assert.equal((await refusalOf(await complete(ask, key))).code, 'generation_open');
    more.resolve(undefined);
    assert.equal((await first).status, 502);
    assert.equal((await complete(ask, key)).status, 200);
    assert.equal(GenerationBody.parse(await backend.json('/v1/generations/again-1')).calls.length, 1);
  });

  it('continues a generation without a message part, what was sent before as cached', async () => {
    const tools = [
      ...messages,
      { role: 'assistant', content: '', tool_calls: [] },
      { role: 'tool', tool_call_id: 'a', content: 'ok' },
    ];
    upstream.next({ usage: { prompt: 900, completion: 10 } }, { usage: { prompt: 1_000, completion: 20 } });
    await complete(ask, { 'Idempotency-Key': 'loop-1' });
    const second = await complete(
      { ...ask, messages: tools },
      { 'Idempotency-Key': 'loop-2', 'Tokenfare-Generation': 'loop-1' },
    );
    const { tokenfare } = (await second.json()) as { tokenfare: TokenfareObject };
    const used = { promptTokens: 0, contextTokens: 100, cachedTokens: 900, responseTokens: 20, firstCall: false };
    assert.equal(tokenfare.charged, charge(used, 1).total);
    assert.equal(tokenfare.parts.message, 0);
    const generation = GenerationBody.parse(await backend.json('/v1/generations/loop-1'));
    assert.equal(generation.calls.length, 2);
    assert.equal(
      generation.charged,
      generation.calls.reduce((sum, call) => sum + call.charged, 0),
    );
  });

  it('prices a continuation that failed and is tried again as if it had not failed', async () => {
    const tools = [...messages, { role: 'tool', tool_call_id: 'a', content: 'ok' }];
    const again = { 'Idempotency-Key': 'retried-2', 'Tokenfare-Generation': 'retried-1' };
    upstream.next({ usage: { prompt: 900, completion: 10 } }, { status: 503 });
    upstream.next({ usage: { prompt: 1_000, completion: 20 } });
    await complete(ask, { 'Idempotency-Key': 'retried-1' });
    const failed = await complete({ ...ask, messages: tools }, { ...again, 'Tokenfare-Max-Charge': '150' });
    assert.equal((await refusalOf(failed)).code, 'upstream_failed');
    const { tokenfare } = (await (await complete({ ...ask, messages: tools }, again)).json()) as {
      tokenfare: TokenfareObject;
    };
    const used = { promptTokens: 0, contextTokens: 100, cachedTokens: 900, responseTokens: 20, firstCall: false };
    assert.equal(tokenfare.charged, charge(used, 1).total);
    const { details } = await refusalOf(await complete({ ...ask, messages: tools }, again));
    assert.deepEqual([details?.['charged'], details?.['capped']], [tokenfare.charged, false]);
  });

  it('refuses to continue with a new message, and what never began', async () => {
    const header = { 'Tokenfare-Generation': 'nothing-1' };
    const newMessage = await refusalOf(await complete(ask, header));
    assert.deepEqual([newMessage.status, newMessage.param], [422, 'tokenfare-generation']);
    const toolMessage = { ...ask, messages: [{ role: 'tool', tool_call_id: 'a', content: 'ok' }] };
    assert.equal((await refusalOf(await complete(toolMessage, header))).status, 404);
  });

  it("lowers the output limit to the client's own maximum, and refuses one that is too low", async () => {
    const response = await complete({ ...ask, max_tokens: 8_000 }, { 'Tokenfare-Max-Charge': '1500' });
    const { tokenfare } = (await response.json()) as { tokenfare: TokenfareObject };
    assert.equal(tokenfare.capped, true);
    assert.equal(response.headers.get('tokenfare-hold'), '1500');
    const limit = Number(upstream.requests.at(-1)?.body['max_tokens']);
    assert.ok(limit >= 256 && limit < 8_000);
    const low = await refusalOf(await complete(ask, { 'Tokenfare-Max-Charge': '100' }));
    assert.deepEqual([low.status, low.code], [422, 'max_charge_too_low']);
  });

  it('holds enough for every choice and every image', async () => {
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } };
    const holdOf = async (more: object) => Number((await complete({ ...ask, ...more })).headers.get('tokenfare-hold'));
    const plain = await holdOf({});
    assert.ok((await holdOf({ n: 3 })) >= plain + 2 * 150);
    assert.ok((await holdOf({ messages: [{ role: 'user', content: [image] }] })) >= plain + 100);
  });

  for (const [what, json, param] of [
    ['no model', { messages }, 'model'],
    ['no messages', { model: 'test-model', messages: [] }, 'messages'],
    ['a message without a role', { model: 'test-model', messages: [{ content: 'x' }] }, 'messages.0.role'],
    ['a negative limit', { ...ask, max_tokens: -1 }, 'max_tokens'],
    ['too many choices', { ...ask, n: 1e9 }, 'n'],
  ] as const) {
    it(`names the field of a request with ${what}`, async () => {
      const refusal = await refusalOf(await complete(json));
      assert.deepEqual([refusal.status, refusal.code, refusal.param], [422, 'invalid_request', param]);
    });
  }

  it('refuses what is no JSON, an unknown model and a body that is too large', async () => {
    const broken = await backend.request('/v1/chat/completions', { method: 'POST', body: '{"model":' });
    assert.equal((await refusalOf(broken)).status, 422);
    const notUtf8 = Buffer.from(JSON.stringify({ ...ask, messages: [{ role: 'user', content: '\u00ff' }] }), 'latin1');
    const badlyEncoded = await backend.request('/v1/chat/completions', { method: 'POST', body: notUtf8 });
    assert.equal((await refusalOf(badlyEncoded)).status, 422);
    const unknown = await refusalOf(await complete({ ...ask, model: 'no-model' }));
    assert.deepEqual([unknown.status, unknown.param], [404, 'model']);
    const large = await backend.request('/v1/chat/completions', { method: 'POST', body: ' '.repeat(10_485_761) });
    assert.equal((await refusalOf(large)).code, 'too_large');
  });

  it('refuses builder\'s answer "no" without a charge', async () => {
    const earlier = await balance();
    const question = {
      model: 'builder',
      stream: true,
      messages: [{ role: 'user', content: 'Why is the sky blue, and who was Kant?' }],
    };
    const events = await readStream(await complete(question));
    assert.ok(events.some((data) => data.includes('"refusal"')));
    assert.equal(streamedCharge(events).charged, 0);
    assert.deepEqual(await balance(), earlier);
  });
});

/** Asks again until a generation has ended; its settlement follows a hang-up without anybody to tell. */
async function eventually(read: () => Promise<GenerationBody>): Promise<GenerationBody> {
  for (;;) {
    const generation = await read();
    if (generation.state !== 'open') return generation;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
