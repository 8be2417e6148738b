import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { gzipSync } from 'node:zlib';
import { after, before, describe, it } from 'mocha';
import { AccountBody, GenerationBody } from '../../src/protocol/api.ts';
import { ask } from '../support/meteredBackend.ts';
import { configFor, startBackend, type TestBackend } from '../support/startBackend.ts';

const choice = (content: string, more = ''): string =>
  `{"choices":[{"index":0,"delta":{"content":"${content}"}${more}}],"usage":null}`;
const message = '{"choices":[{"index":0,"message":{"content":"Hi"},"finish_reason":"stop"}]}';
const stop = ',"finish_reason":"stop"';
const answer = (type: string, body: string | Buffer, status = '200 OK', ...headers: string[]): Buffer =>
  Buffer.concat([
    Buffer.from([`HTTP/1.1 ${status}`, `content-type: ${type}`, ...headers, 'connection: close', '', ''].join('\r\n')),
    Buffer.from(body),
  ]);
const events = (body: string, ...headers: string[]): Buffer => answer('text/event-stream', body, '200 OK', ...headers);
const plain = (body: string | Buffer, status = '200 OK', ...headers: string[]): Buffer =>
  answer('application/json', body, status, ...headers);

describe('a service that answers oddly', () => {
  let service: Server;
  let backend: TestBackend;
  let next: (string | Buffer)[] = [];

  before(async () => {
    service = createServer((socket) => {
      let asked = '';
      socket.setEncoding('utf8').on('error', () => undefined);
      socket.on('data', (text: string) => {
        asked += text;
        // The body is the last of the request, and one JSON object.
        if (!asked.includes('\r\n\r\n') || !asked.endsWith('}')) return;
        for (const piece of next) socket.write(piece);
        socket.end();
      });
    });
    service.listen(0, '127.0.0.1');
    await once(service, 'listening');
    backend = await startBackend({
      config: configFor(`http://127.0.0.1:${(service.address() as AddressInfo).port}/v1`),
    });
  });
  after(async () => {
    await backend.dispose();
    service.close();
  });

  let count = 0;
  const complete = async (stream: boolean, ...pieces: (string | Buffer)[]) => {
    next = pieces;
    count += 1;
    const headers = { 'Idempotency-Key': `odd-${count}` };
    const response = await backend.request('/v1/chat/completions', { json: { ...ask, stream }, headers });
    const charged = async (): Promise<number> =>
      GenerationBody.parse(await backend.json(`/v1/generations/${headers['Idempotency-Key']}`)).charged;
    return { response, charged };
  };

  for (const [what, ...pieces] of [
    [
      'line ends of two kinds',
      events(`data: ${choice('Hi')}\r\n\r\ndata: ${choice('', stop)}\n\r\ndata: [DONE]\r\n\r\n`),
    ],
    [
      'comments, names and numbers of events',
      events(`: wait\n\nid: 1\nevent: x\nretry: 5\ndata: ${choice('Hi', stop)}\n\n: so\ndata: [DONE]\n\n`),
    ],
    [
      'data over several lines, without a blank',
      events(`data:{"choices":\ndata:[{"delta":{"content":"Hi"}${stop}}]}\n\ndata:[DONE]\n\n`),
    ],
    ['nothing after its last event', events(`data: ${choice('Hi', stop)}`)],
    ['no type', `HTTP/1.1 200 OK\r\nconnection: close\r\n\r\ndata: ${choice('Hi', stop)}\n\ndata: [DONE]\n\n`],
    [
      'early hints before it',
      'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n',
      events(`data: ${choice('Hi', stop)}\n\n`),
    ],
    ['a header that is no Latin', events(`data: ${choice('Hi', stop)}\n\n`, 'x-name: 漢字', 'x-kept: yes')],
    ['a header twice', events(`data: ${choice('Hi', stop)}\n\n`, 'x-two: 1', 'x-two: 2')],
    ['its bytes one by one', ...Array.from(events(`data: ${choice('Hi', stop)}\n\n`).toString('latin1'))],
  ] as const) {
    it(`is passed on and charged with ${what}`, async () => {
      const { response, charged } = await complete(true, ...pieces);
      assert.equal(response.status, 200);
      assert.match(await response.text(), /"content":"Hi"[^]*"tokenfare"[^]*\[DONE\]\n\n$/);
      assert.ok((await charged()) > 0);
    });
  }

  for (const [what, stream, bytes] of [
    ['a redirect', false, plain('', '302 Found', 'location: http://127.0.0.1:9/')],
    ['a redirect', true, plain('', '307 Temporary Redirect', 'location: http://127.0.0.1:9/')],
    ['nothing', false, 'HTTP/1.1 204 No Content\r\n\r\n'],
    ['a packed body that was not asked for', false, plain(gzipSync(message), '200 OK', 'content-encoding: gzip')],
    ['a page', true, answer('text/html; charset=utf-8', '<html>\n\n<h1>Sign in</h1>\n\n</html>')],
    ['a page', false, answer('text/html', '<html></html>')],
    ['a stream where none was asked for', false, events(`data: ${choice('Hi', stop)}\n\ndata: [DONE]\n\n`)],
    ['fewer bytes than it promised', false, plain(message, '200 OK', 'content-length: 500')],
    ['an error beside its answer', false, plain(`${message.slice(0, -1)},"error":{"message":"overloaded"}}`)],
    ['an error for a reason', false, plain(message.replace('"stop"', '"error"'))],
    ['no HTTP', false, 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['another protocol', true, 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'],
  ] as const) {
    it(`is told as 502 and free with ${what} to a ${stream ? 'stream' : 'plain call'}`, async () => {
      const { response, charged } = await complete(stream, bytes);
      const text = await response.text();
      assert.equal(response.status, 502, text);
      assert.match(text, /"code":"upstream_failed"/);
      assert.equal(await charged(), 0);
    });
  }

  for (const [what, end] of [
    [
      'an error beside a choice',
      choice('', ',"finish_reason":"error"').replace('{', '{"error":{"code":502,"message":"no"},'),
    ],
    ['an error for a reason', choice('', ',"finish_reason":"error"')],
  ] as const) {
    it(`is free where a stream ends with ${what}`, async () => {
      const { response, charged } = await complete(
        true,
        events(`data: ${choice('Hi')}\n\ndata: ${end}\n\ndata: [DONE]\n\n`),
      );
      assert.match(await response.text(), /"code":"upstream_failed"/);
      assert.equal(await charged(), 0);
    });
  }

  it('leaves nothing held', async () => {
    assert.equal(AccountBody.parse(await backend.json('/v1/account')).balance.held, 0);
  });
});
