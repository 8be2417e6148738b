import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, it } from 'mocha';
import { pino } from 'pino';
import { Activity } from '../../../../src/backend/http/activity.ts';
import { Metrics } from '../../../../src/backend/http/metrics.ts';
import { createHttpServer } from '../../../../src/backend/http/server.ts';

/** More than the machine's own buffers of a connection take. */
const ANSWER = Buffer.alloc(16 * 1024 * 1024);

describe('the server', () => {
  let server: Server;

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const connected = async (): Promise<Socket> => {
    server = createHttpServer({
      completions: { serve: (_account, _headers, _bytes, response) => Promise.resolve(void response.end(ANSWER)) },
      authenticate: () => Promise.resolve('a'),
      routes: () => Promise.reject(new Error('asked for nothing else')),
      apps: { serve: () => Promise.reject(new Error('there is no app')) },
      slugOf: () => null,
      isHostAllowed: () => true,
      isDraining: () => false,
      activity: new Activity(Date.now),
      metrics: new Metrics(),
      ...{ bodyBytes: 1_000, requestTimeoutMs: 50, unreadMs: 50, log: pino({ level: 'silent' }) },
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return connect((server.address() as AddressInfo).port, '127.0.0.1');
  };

  it('cuts off a body that comes byte by byte and never to its end, and says so', async () => {
    const socket = await connected();
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.write('POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n');
    const drops = setInterval(() => socket.write('x'), 5);
    await once(socket, 'close');
    clearInterval(drops);
    assert.match(answer, /^HTTP\/1\.1 422 [^]*"code":"invalid_request"[^]*did not come to its end/);
  });

  it('sends a client away that does not take its answer', async () => {
    const socket = await connected();
    socket.pause();
    socket.write('POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n');
    const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
    await once(response, 'close');
    assert.equal(response.writableFinished, false);
    socket.destroy();
  });
});
