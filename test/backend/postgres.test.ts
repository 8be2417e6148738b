import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { AccountBody } from '../../src/protocol/api.ts';
import { eventually } from '../support/eventually.ts';
import { startFakeUpstream, type FakeUpstream } from '../support/fakeUpstream.ts';
import { postgresServer, startPostgresServer } from '../support/postgresServer.ts';
import { configFor, type TestBackend } from '../support/startBackend.ts';
import { startFleet, type Fleet } from '../support/startFleet.ts';

const json = { model: 'test-model', messages: [{ role: 'user', content: 'Hi' }] };

describe('backends on PostgreSQL', () => {
  let upstream: FakeUpstream;
  let fleet: Fleet;

  before(async () => {
    upstream = await startFakeUpstream();
    const database = await (await postgresServer()).createDatabase();
    fleet = await startFleet(2, configFor(upstream.baseUrl, { database }));
  });
  after(async () => {
    await fleet.dispose();
    await upstream.close();
  });

  it('tell on each what another has changed, and what the operator has', async () => {
    const [one, other] = fleet.backends;
    assert.ok(one && other);
    const bodies = accountsTold(one);
    const start = (await bodies.next()).value as AccountBody;
    await other.json('/v1/chat/completions', { json });
    const told = async (wanted: (body: AccountBody) => boolean): Promise<AccountBody> => {
      for (;;) {
        const { value, done } = await bodies.next();
        assert.ok(done !== true);
        if (wanted(value)) return value;
      }
    };
    const charged = await told(({ balance }) => balance.used > 0 && balance.held === 0);
    assert.equal(charged.balance.available, start.balance.available - charged.balance.used);
    const granted = await fleet.admin(['grants', 'add', fleet.accountId, '1000', '--reason', 'test']);
    assert.equal(granted.code, 0, granted.stderr);
    await told(({ balance }) => balance.allowance === start.balance.allowance + 1_000);
    await bodies.return(undefined);
  });

  it('see a call of each other under its key, and charge it once', async () => {
    const headers = { 'Idempotency-Key': 'shared' };
    const statuses = await Promise.all(
      fleet.backends.map((backend) => backend.request('/v1/chat/completions', { json, headers })),
    );
    assert.deepEqual(statuses.map(({ status }) => status).sort(), [200, 409]);
  });
});

describe('a PostgreSQL that goes away and comes back', () => {
  it('is told as 503 meanwhile, and used again by itself', async () => {
    const upstream = await startFakeUpstream();
    const server = await startPostgresServer();
    const fleet = await startFleet(1, configFor(upstream.baseUrl, { database: await server.createDatabase() }));
    const [backend] = fleet.backends;
    assert.ok(backend);
    const statusOf = async (route: string, init = {}): Promise<number> => (await backend.request(route, init)).status;
    assert.equal(await statusOf('/v1/chat/completions', { json }), 200);
    server.kill();
    await eventually(async () => assert.equal(await statusOf('/readyz'), 503));
    for (const route of ['/v1/account', '/v1/generations']) assert.equal(await statusOf(route), 503, route);
    const refused = await backend.request('/v1/chat/completions', { json });
    assert.equal(refused.status, 503);
    assert.match(await refused.text(), /"code":"unavailable"/);
    await server.start();
    await eventually(async () => assert.equal(await statusOf('/readyz'), 200));
    await eventually(async () => assert.equal(await statusOf('/v1/chat/completions', { json }), 200));
    assert.ok(AccountBody.parse(await backend.json('/v1/account')).balance.used > 0);
    await fleet.dispose();
    await server.stop();
    await upstream.close();
  });
});

/** The account as the backend's live events tell it. */
async function* accountsTold(backend: TestBackend): AsyncGenerator<AccountBody, undefined> {
  const response = await backend.request('/v1/account/events');
  let text = '';
  for await (const bytes of response.body ?? []) {
    text += new TextDecoder().decode(bytes as Uint8Array);
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^event: account\ndata: (.*)$/m.exec(event)?.[1];
      if (data !== undefined) yield AccountBody.parse(JSON.parse(data));
    }
  }
}
