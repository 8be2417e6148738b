import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { DeviceFlow } from '../../../../src/extension/account/deviceFlow.ts';

describe('signing in by a code', () => {
  let server: Server;
  let url: string;
  const asked: string[] = [];
  /** What the server answers, one after the other: status and body. */
  let answers: [number, object][] = [];

  before(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const [status, body] = answers.shift() ?? [404, { error: {} }];
      request.resume();
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());
  beforeEach(() => asked.splice(0));

  const code = { userCode: 'ABCD', link: 'http://x/', deviceCode: 'd', intervalSeconds: 5 };
  const decide = async (...given: [number, object][]) => {
    answers = given;
    const waits: number[] = [];
    const flow = new DeviceFlow(url, (ms) => Promise.resolve(waits.push(ms)));
    return { decision: await flow.decision(code, new AbortController().signal), waits };
  };

  it('asks for a code, and knows servers that have none', async () => {
    const flow = new DeviceFlow(url, () => Promise.resolve());
    answers = [
      [
        200,
        {
          ...{ device_code: 'd', user_code: 'ABCD', interval: 5, expires_in: 1800 },
          ...{ verification_uri: 'http://x/', verification_uri_complete: 'http://x/?user_code=ABCD' },
        },
      ],
    ];
    assert.deepEqual(await flow.code(), { ...code, link: 'http://x/?user_code=ABCD' });
    assert.equal(await flow.code(), null);
    assert.deepEqual(asked, ['/api/auth/device/code', '/api/auth/device/code']);
  });

  it('waits as long as it is told between two questions, and longer where it asked too often', async () => {
    const { decision, waits } = await decide(
      [400, { error: 'authorization_pending' }],
      [400, { error: 'slow_down' }],
      [502, { oops: true }],
      [200, { access_token: 's', token_type: 'Bearer' }],
    );
    assert.deepEqual(decision, { kind: 'approved', session: 's' });
    assert.deepEqual(waits, [5_000, 5_000, 10_000, 10_000]);
  });

  it('says whether it was denied or took too long', async () => {
    assert.deepEqual((await decide([400, { error: 'access_denied' }])).decision, { kind: 'denied' });
    assert.deepEqual((await decide([400, { error: 'expired_token' }])).decision, { kind: 'expired' });
    assert.deepEqual((await decide([400, { error: 'invalid_grant' }])).decision, { kind: 'expired' });
  });

  it('stops waiting when it is cancelled', async () => {
    const flow = new DeviceFlow(url, () => Promise.reject(new Error('cancelled')));
    await assert.rejects(flow.decision(code, new AbortController().signal), /cancelled/);
    assert.deepEqual(asked, []);
  });
});
