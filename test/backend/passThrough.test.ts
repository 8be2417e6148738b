import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { countModelTokens } from '../../src/backend/models/countModelTokens.ts';
import { ask, refusalOf, startMeteredBackend, type MeteredBackend } from '../support/meteredBackend.ts';
import { readStream, streamedCharge, streamedText } from '../support/readStream.ts';

/** A chunk as a provider writes it; `fields` stands in it as it is. */
const chunkOf = (fields: string): string => `data: {"id":"c","seed":12345678901234567890, ${fields}}\n\n`;
const delta = (content: string, index = 0): string =>
  chunkOf(`"choices":[{"index":${index},"delta":{"content":"${content}"}}]`);
const finish = (index = 0): string => chunkOf(`"choices":[{"index":${index},"delta":{},"finish_reason":"stop"}]`);
const usage = (prompt: number, completion: number): string =>
  `"usage":{"prompt_tokens":${prompt},"completion_tokens":${completion}}`;
const DONE = 'data: [DONE]\n\n';

describe('what goes through', () => {
  let metered: MeteredBackend;

  before(async () => {
    metered = await startMeteredBackend();
  });
  after(() => metered.dispose());

  const stream = (more: object = {}, headers: Record<string, string> = {}): Promise<Response> =>
    metered.complete({ ...ask, stream: true, ...more }, headers);
  const counts = async (id: string): Promise<unknown[]> =>
    (await metered.generation(id)).calls.map((call) => [call.responseTokens, call.counted]);

  it('brings a request to the provider as it was written, but for the output limit', async () => {
    const body =
      '{ "model": "test-model", "seed": 12345678901234567890, "temperature": 1.0,\n "max_tokens": 90, ' +
      '"messages": [{"role":"user","content":"s\\u00fc\\u00df \\ud83d"}], "top_k": 7 }';
    await metered.backend.request('/v1/chat/completions', { method: 'POST', body });
    const sent = metered.upstream.requests.at(-1)?.text;
    assert.equal(sent, body.replace(',\n "max_tokens": 90', '').replace('7 }', '7 ,"max_tokens":90}'));
  });

  it('brings every byte of a plain answer to the client, also one that is no character', async () => {
    const text =
      '{"choices":[{"index":0,"message":{"content":"süß 漢字 🙂 #"},"finish_reason":"stop"}], "big":90071992547409931 }\n';
    const raw = Buffer.from(text);
    raw[raw.indexOf('#')] = 0xff;
    metered.upstream.next({ raw });
    const bytes = Buffer.from(await (await metered.complete(ask)).arrayBuffer());
    assert.equal(bytes.toString('latin1').replace(/,"tokenfare":.*\}/, '}'), raw.toString('latin1'));
  });

  it('takes usage out of a stream for a client that did not ask, and leaves all else of it', async () => {
    const withUsage = chunkOf('"choices":[{"index":0,"delta":{"content":"Hi","logprobs":1e400}}], "usage": null');
    const filters = 'data: {"choices":[],"prompt_filter_results":[1],"usage":null}\n\n';
    const pretty = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}],\ndata: "usage":null}\n\n';
    metered.upstream.next({
      raw: `: hello\n\n${filters}${withUsage}${pretty}${chunkOf(`"choices":[],${usage(20, 3)}`)}${DONE}`,
    });
    const text = await (await stream()).text();
    const expected = `: hello\n\n${filters}${withUsage}${pretty}`;
    assert.ok(text.startsWith(expected.replaceAll(/,\s*(data: )?"usage": ?null/g, '')), text);
    assert.doesNotMatch(text, /"usage"/);
  });

  it('charges for what came after the last report of usage, and not twice for what came before', async () => {
    metered.upstream.next({
      raw:
        chunkOf(`"choices":[{"delta":{"content":"Early"}}],${usage(20, 1)}`) +
        delta(' and late words') +
        finish() +
        DONE,
    });
    await readStream(await stream({}, { 'Idempotency-Key': 'early-1' }));
    assert.deepEqual(await counts('early-1'), [[1 + (await countModelTokens(' and late words')), true]]);
  });

  it('charges a stopped stream for what arrived although its first chunk reported nothing yet', async () => {
    const first = chunkOf(`"choices":[{"delta":{"role":"assistant","content":""}}],${usage(20, 0)}`);
    const more = Promise.withResolvers<undefined>();
    metered.upstream.next({
      rawPieces: [first + delta('Words that arrived'), finish()],
      afterPiece: () => more.promise,
    });
    const response = await stream({}, { 'Idempotency-Key': 'early-2' });
    await readStream(response, (events) => events.length > 0 && streamedText(events) !== '');
    more.resolve(undefined);
    await metered.ended('early-2');
    assert.deepEqual(await counts('early-2'), [[await countModelTokens('Words that arrived'), true]]);
  });

  it('keeps an explicit zero, and of two reports the last', async () => {
    metered.upstream.next({ raw: delta('Free words') + finish() + chunkOf(`"choices":[],${usage(20, 0)}`) + DONE });
    await readStream(await stream({}, { 'Idempotency-Key': 'zero-1' }));
    const twice = [usage(20, 50), usage(20, 70)].map((each) => chunkOf(`"choices":[],${each}`)).join('');
    metered.upstream.next({ raw: delta('Words') + finish() + twice + DONE });
    await readStream(await stream({}, { 'Idempotency-Key': 'twice-1' }));
    assert.deepEqual([await counts('zero-1'), await counts('twice-1')], [[[0, false]], [[70, false]]]);
  });

  it('charges nothing for several choices of which one broke off', async () => {
    const earlier = await metered.balance();
    metered.upstream.next({ raw: delta('One', 0) + delta('Two', 1) + finish(0) + DONE });
    assert.match(await (await stream({ n: 2 })).text(), /upstream_failed/);
    const whole = { index: 0, message: { content: 'One' }, finish_reason: 'stop' };
    metered.upstream.next({ raw: JSON.stringify({ choices: [whole, { ...whole, index: 1, finish_reason: null }] }) });
    assert.equal((await refusalOf(await metered.complete({ ...ask, n: 2 }))).code, 'upstream_failed');
    assert.deepEqual(await metered.balance(), earlier);
    metered.upstream.next({ raw: delta('One', 0) + delta('Two', 1) + finish(1) + finish(0) + DONE });
    assert.ok(streamedCharge(await readStream(await stream({ n: 2 }))).charged > 0);
  });

  it('counts reasoning, tool calls and refusals where nothing is reported', async () => {
    const fields = ['"reasoning":"Hm"', '"reasoning_content":" so"', '"refusal":" no"'];
    const call = '"tool_calls":[{"index":0,"function":{"name":"write","arguments":"{}"}}]';
    const chunks = [...fields, call].map((field) => chunkOf(`"choices":[{"delta":{${field}}}]`)).join('');
    metered.upstream.next({ raw: chunks + finish() + DONE });
    await readStream(await stream({}, { 'Idempotency-Key': 'kinds-1' }));
    assert.deepEqual(await counts('kinds-1'), [[await countModelTokens('Hm so nowrite{}'), true]]);
  });

  it("hands on a provider's own words where it fails, also if they are no JSON", async () => {
    const headers = { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' };
    metered.upstream.next({ status: 503, raw: '<html>Down</html>', headers });
    const response = await metered.complete(ask);
    assert.equal(response.headers.get('retry-after'), headers['retry-after']);
    assert.deepEqual((await refusalOf(response)).details, { status: 503, error: '<html>Down</html>' });
    metered.upstream.next({ raw: '{"error":{"message":"overloaded","code":529}}' });
    assert.deepEqual((await refusalOf(await metered.complete(ask))).details, {
      status: 200,
      error: { message: 'overloaded', code: 529 },
    });
  });

  it('charges nothing for an answer with a line of 10 MB, or one that ends within a character', async () => {
    const earlier = await metered.balance();
    const half = Buffer.from(delta('süß')).subarray(0, -14);
    metered.upstream.next({ raw: delta('x'.repeat(10 * 1024 * 1024)) + finish() + DONE }, { raw: half });
    assert.match(await (await stream()).text(), /too large/);
    assert.match(await (await stream()).text(), /upstream_failed/);
    assert.deepEqual(await metered.balance(), earlier);
  });

  it('joins characters and events that arrive in pieces', async () => {
    const bytes = Buffer.from(delta('süß 漢字 🙂') + finish() + DONE);
    const rawPieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, at) =>
      bytes.subarray(at * 7, at * 7 + 7),
    );
    metered.upstream.next({ rawPieces, afterPiece: () => new Promise((resolve) => setImmediate(resolve)) });
    assert.equal(streamedText(await readStream(await stream())), 'süß 漢字 🙂');
  });

  it('charges a client that hangs up after any chunk for just what it was sent', async () => {
    const words = ['One', ' two', ' three', ' four', ' five'];
    for (const count of words.keys()) {
      const id = `hang-up-${count}`;
      const more = Promise.withResolvers<undefined>();
      const text = words.slice(0, count + 1);
      metered.upstream.next({
        text: words,
        usage: null,
        afterPiece: (sent) => (sent > count ? more.promise : undefined),
      });
      const response = await stream({}, { 'Idempotency-Key': id });
      await readStream(response, (events) => streamedText(events) === text.join(''));
      await metered.upstream.requests.at(-1)?.abandoned;
      more.resolve(undefined);
      assert.equal((await metered.ended(id)).state, 'settled');
      assert.deepEqual(await counts(id), [[await countModelTokens(text.join('')), true]]);
    }
    assert.equal((await metered.balance()).held, 0);
  });
});
