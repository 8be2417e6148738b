import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { after, before, describe, it } from 'mocha';
import { ErrorBody } from '../../src/protocol/errors.ts';
import { ask, refusalOf, startMeteredBackend, type MeteredBackend } from '../support/meteredBackend.ts';

const COMPLETIONS = '/v1/chat/completions';
/** Stands in every request here, and may stand in no line of the log. */
const SECRET = 'zebra-4711';

describe('bad input', () => {
  let metered: MeteredBackend;
  let earlier: unknown;

  before(async () => {
    metered = await startMeteredBackend();
    earlier = await metered.balance();
  });
  after(async () => {
    assert.deepEqual(await metered.balance(), earlier);
    assert.equal(metered.upstream.requests.length, 0);
    await metered.backend.end('SIGTERM');
    assert.ok(!metered.backend.log().includes(SECRET));
    assert.doesNotMatch(metered.backend.log(), /"msg":"fault"/);
    assert.ok(!metered.backend.log().includes(metered.backend.key));
    await metered.dispose();
  });

  /** Sends bytes as they are, and reads what comes back until the connection ends. */
  const send = async (text: string): Promise<{ status: number; error: ErrorBody['error'] }> => {
    const { hostname, port } = new URL(metered.backend.url);
    const socket = connect(Number(port), hostname);
    socket.end(text);
    let answer = '';
    socket.setEncoding('utf8').on('data', (data: string) => (answer += data));
    await once(socket, 'close');
    const body = answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1);
    return { status: Number(answer.split(' ')[1]), ...ErrorBody.parse(JSON.parse(body)) };
  };
  const head = (line: string, ...headers: string[]): string =>
    `${[line, ...headers, `Authorization: Bearer ${metered.backend.key}`, 'Connection: close'].join('\r\n')}\r\n\r\n`;
  const post = `POST ${COMPLETIONS} HTTP/1.1`;

  const message = { role: 'user', content: SECRET };
  const valid = { ...ask, messages: [message] };
  const deep = `{"model":"test-model","messages":[${JSON.stringify(message)}],"x":${'['.repeat(600)}${']'.repeat(600)}}`;

  for (const [what, body, param] of [
    ['no JSON', `{"model": ${SECRET}`, undefined],
    ['an array', JSON.stringify([valid]), undefined],
    ['nothing', '', undefined],
    ['a mark before it', `\ufeff${JSON.stringify(valid)}`, undefined],
    ['a name twice', JSON.stringify(valid).replace('{', '{"n":100,"\\u006e":1,'), 'n'],
    ['nesting without an end', deep, undefined],
    ['a number for messages', JSON.stringify({ ...valid, messages: 5 }), 'messages'],
    ['a message that is null', JSON.stringify({ ...valid, messages: [null] }), 'messages.0'],
    ['a word for stream', JSON.stringify({ ...valid, stream: 'yes' }), 'stream'],
    ['a negative limit', JSON.stringify({ ...valid, max_tokens: -1 }), 'max_tokens'],
    ['a fraction of a limit', JSON.stringify({ ...valid, max_completion_tokens: 1.5 }), 'max_completion_tokens'],
    ['a limit beyond all numbers', JSON.stringify(valid).replace('500', '1e400'), 'max_tokens'],
    ['no choice', JSON.stringify({ ...valid, n: 0 }), 'n'],
  ] as const) {
    it(`refuses a body with ${what}`, async () => {
      const response = await metered.backend.request(COMPLETIONS, { method: 'POST', body });
      const refusal = await refusalOf(response);
      assert.deepEqual([refusal.status, refusal.code, refusal.param], [422, 'invalid_request', param]);
    });
  }

  for (const [name, value] of [
    ['Idempotency-Key', 'x'.repeat(201)],
    ['Idempotency-Key', 'two words'],
    ['Tokenfare-Max-Charge', '-1'],
    ['Tokenfare-Max-Charge', '1e3'],
    ['Tokenfare-Project', ''],
    ['Tokenfare-Session', 'ü'],
  ] as const) {
    it(`refuses the header ${name}: ${value.slice(0, 20)}`, async () => {
      const refusal = await refusalOf(await metered.complete(valid, { [name]: value }));
      assert.deepEqual([refusal.status, refusal.param], [422, name.toLowerCase()]);
    });
  }

  it('refuses a body one byte too large, whether it says so or not', async () => {
    const body = JSON.stringify(valid).padEnd(10_485_761);
    const told = await metered.backend.request(COMPLETIONS, { method: 'POST', body });
    assert.deepEqual([told.status, (await refusalOf(told)).code], [413, 'too_large']);
    const streamed = { method: 'POST', body: new Blob([body]).stream(), duplex: 'half' };
    const untold = await metered.backend.request(COMPLETIONS, streamed);
    assert.equal((await refusalOf(untold)).code, 'too_large');
    const estimate = await metered.backend.request('/v1/estimate', { method: 'POST', body });
    assert.equal((await refusalOf(estimate)).code, 'too_large');
  });

  it('refuses other methods and unknown places', async () => {
    const get = await metered.backend.request(COMPLETIONS);
    assert.deepEqual([get.status, get.headers.get('allow')], [405, 'POST']);
    assert.equal((await metered.backend.request('/v1/account', { method: 'PUT' })).status, 405);
    assert.equal((await refusalOf(await metered.backend.request('/v2/chat/completions'))).code, 'not_found');
    assert.equal((await metered.complete(valid, { authorization: 'Bearer no' })).status, 401);
  });

  it('refuses requests that hide a second one, and answers only the first', async () => {
    const body = JSON.stringify(valid);
    const lengths = ['Host: localhost', `Content-Length: ${body.length}`, 'Transfer-Encoding: chunked'];
    for (const headers of [
      lengths,
      ['Host: localhost', 'Content-Length: 3', 'Content-Length: 4'],
      ['Host : localhost'],
    ]) {
      const { status, error } = await send(head(post, ...headers) + body);
      assert.deepEqual([status, error.code], [422, 'invalid_request'], headers.join());
    }
    const { status } = await send(head('GET /healthz HTTP/1.1', 'Host: localhost', `X: ${'x'.repeat(20_000)}`));
    assert.equal(status, 413);
  });

  it('refuses a Host that is not ours, or not one', async () => {
    for (const [expected, ...headers] of [
      [404, 'Host: evil.example'],
      [422, 'Host: localhost', 'host: evil.example'],
      [422, 'Host: localhost:99999'],
    ] as const) {
      const { status, error } = await send(head('GET /v1/account HTTP/1.1', ...headers));
      assert.deepEqual([status, error.type], [expected, 'invalid_request_error'], headers.join());
    }
    assert.equal((await send(head('OPTIONS * HTTP/1.1', 'Host: localhost'))).status, 422);
    assert.equal((await send(head('GET http://evil.example/v1/account HTTP/1.1', 'Host: evil.example'))).status, 404);
  });

  for (const [status, line, ...headers] of [
    [422, 'GET /v1/account HTTP/1.1', 'Host: localhost', 'Content-Length: -1'],
    [422, 'GET /v1/account HTTP/1.1', 'Host: localhost', 'Content-Length: 99999999999999999999'],
    [422, 'GET /v1/account HTTP/1.1', 'Host: localhost', 'Transfer-Encoding: chunked', 'Transfer-Encoding: identity'],
    [422, 'GET /v1/account HTTP/1.1'],
    [405, 'DELETE /v1/account HTTP/1.1', 'Host: localhost', 'Expect: a-miracle'],
    [422, 'GET /v1/generations/%00 HTTP/1.1', 'Host: localhost'],
    [422, 'GET /v1/generations?cursor=1.%00 HTTP/1.1', 'Host: localhost'],
    [422, 'GET /v1/generations?limit=1e400 HTTP/1.1', 'Host: localhost'],
    [422, 'GET /v1/ledger?cursor=99999999999999999999 HTTP/1.1', 'Host: localhost'],
    [422, 'GET /v1/usage?tz=Nowhere HTTP/1.1', 'Host: localhost'],
    [405, 'OPTIONS /v1/chat/completions HTTP/1.1', 'Host: localhost'],
    [405, 'TRACE /v1/account HTTP/1.1', 'Host: localhost'],
    [404, 'POST //v1/chat/completions HTTP/1.1', 'Host: localhost'],
    // Taken by its path, and found to have no body.
    [422, 'POST http://localhost/v1/chat/completions HTTP/1.1', 'Host: localhost'],
    [422, post, 'Host: localhost', 'Idempotency-Key: one', 'Idempotency-Key: two'],
    [422, post, 'Host: localhost', 'Tokenfare-Max-Charge: 9000', 'Tokenfare-Max-Charge: 1'],
    [422, 'PRI * HTTP/2.0', 'Host: localhost'],
  ] as const) {
    it(`answers ${status} to ${[line, ...headers].join(', ')}`, async () => {
      assert.equal((await send(head(line, ...headers))).status, status);
    });
  }

  it('refuses a packed body, and one that breaks off, without a word of it in the log', async () => {
    const packed = gzipSync(JSON.stringify(valid));
    const headers = { 'content-encoding': 'gzip' };
    const refused = await metered.backend.request(COMPLETIONS, { method: 'POST', body: packed, headers });
    assert.equal((await refusalOf(refused)).code, 'invalid_request');
    const { hostname, port } = new URL(metered.backend.url);
    const socket = connect(Number(port), hostname);
    const half = head(post, 'Host: localhost', 'Content-Length: 500') + JSON.stringify(valid);
    await new Promise((resolve) => socket.write(half, resolve));
    socket.destroy();
  });

  it('lets a stream of events be asked for its headers alone', async () => {
    const response = await metered.backend.request('/v1/account/events', { method: 'HEAD' });
    assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'text/event-stream']);
    assert.equal(await response.text(), '');
  });
});
