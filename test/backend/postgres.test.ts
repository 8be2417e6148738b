import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { after, before, describe, it } from 'mocha';
import { AccountBody, SubscriptionBody } from '../../src/protocol/api.ts';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { postgresPool } from '../../src/backend/database/postgresPool.ts';
import { tables } from '../../src/backend/database/tables.ts';
import { AccountDesk, TestBank } from '../support/accountDesk.ts';
import { accountsTold, nextAccount } from '../support/accountsTold.ts';
import { eventually } from '../support/eventually.ts';
import { refusalOf } from '../support/meteredBackend.ts';
import { startFakeUpstream, type FakeUpstream } from '../support/fakeUpstream.ts';
import { postgresServer } from '../support/postgresServer.ts';
import { configFor } from '../support/startBackend.ts';
import { startPostgresServer } from '../support/startPostgresServer.ts';
import { startFleet, type Fleet } from '../support/startFleet.ts';

const json = { model: 'test-model', messages: [{ role: 'user', content: 'Hi' }] };

describe('backends on PostgreSQL', () => {
  let upstream: FakeUpstream;
  let fleet: Fleet;
  let database: string;

  before(async () => {
    upstream = await startFakeUpstream();
    database = await (await postgresServer()).createDatabase();
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
    const start = await nextAccount(bodies);
    await other.json('/v1/chat/completions', { json });
    const told = async (wanted: (body: AccountBody) => boolean): Promise<AccountBody> => {
      for (;;) {
        const body = await nextAccount(bodies);
        if (wanted(body)) return body;
      }
    };
    const charged = await told(({ balance }) => balance.used > 0 && balance.held === 0);
    assert.equal(charged.balance.available, start.balance.available - charged.balance.used);
    const granted = await fleet.admin(['grants', 'add', fleet.accountId, '1000', '--reason', 'test']);
    assert.equal(granted.code, 0, granted.stderr);
    await told(({ balance }) => balance.allowance === start.balance.allowance + 1_000);
    const chosen = SubscriptionBody.parse(await other.json('/v1/subscription', { json: { planId: 'pro' } }));
    assert.ok(chosen.kind === 'checkout');
    const card = new URLSearchParams({ card: '4242 4242 4242 4242' });
    assert.equal((await fetch(chosen.url, { method: 'POST', body: card })).status, 200);
    await told(({ plan, balance }) => plan.id === 'pro' && balance.available === 1_500_000);
    await bodies.return(undefined);
  });

  it('see a call of each other under its key, and charge it once', async () => {
    const headers = { 'Idempotency-Key': 'shared' };
    const statuses = await Promise.all(
      fleet.backends.map((backend) => backend.request('/v1/chat/completions', { json, headers })),
    );
    assert.deepEqual(statuses.map(({ status }) => status).sort(), [200, 409]);
  });

  it('are ready no more once a newer version has been started on the same', async () => {
    const opened = await openDatabase(database);
    const { query } = opened;
    const ready = () => Promise.all(fleet.backends.map((backend) => backend.request('/readyz')));
    assert.deepEqual(
      (await ready()).map(({ status }) => status),
      [200, 200],
    );
    await sql`insert into kysely_migration (name, timestamp) values ('9999-newer', '')`.execute(query);
    for (const answer of await ready()) {
      assert.equal(answer.status, 503);
      assert.match((await refusalOf(answer)).message, /^A newer version .* \(it has 9999-newer\)\. End this one\.$/);
    }
    await sql`delete from kysely_migration where name = '9999-newer'`.execute(query);
    await opened.close();
  });
});

describe('a writer on PostgreSQL', () => {
  it('works on while a newer version adds a column to every table that it reads', async () => {
    const bank = new TestBank(await openDatabase(await (await postgresServer()).createDatabase()), Date.now());
    const desk = new AccountDesk(bank, 'a');
    await desk.open();
    // A statement is planned anew in the 2nd, 4th, 8th, 16th and 32nd round: the calls come between.
    for (let round = 2; round < 18; round += 2) await desk.spend(100);
    for (const { name } of Object.values(tables)) {
      await bank.database.query.schema.alterTable(name).addColumn('of_a_newer_version', 'bigint').execute();
    }
    await desk.spend(200);
    assert.equal((await desk.view()).used, 1_000);
    await bank.close();
  });
});

describe('the notices of PostgreSQL', () => {
  it('tell other processes which accounts have changed, and not the one that says it', async () => {
    const url = await (await postgresServer()).createDatabase();
    const [one, other] = await Promise.all([openDatabase(url), openDatabase(url)]);
    const heard: { one: string[]; other: string[] } = { one: [], other: [] };
    one.exchangeChanges('one', (accounts) => heard.one.push(...accounts));
    const announce = other.exchangeChanges('other', (accounts) => heard.other.push(...accounts));
    // Listening begins by itself, some time after it was asked for.
    await eventually(() => {
      announce(['changed']);
      assert.ok(heard.one.includes('changed'));
    });
    assert.deepEqual(heard.other, []);
    await Promise.all([one.close(), other.close()]);
  });
});

describe('the connections to PostgreSQL', () => {
  it('are lost as nobody’s error, whether somebody holds them or not', async () => {
    const connectionString = await (await postgresServer()).createDatabase();
    const [pool, other] = [postgresPool({ connectionString }), postgresPool({ connectionString })];
    const endAll = () =>
      other.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
      );
    const held = await pool.connect();
    // An event is waited for that comes after an error, which is none of ours.
    const ended = new Promise((resolve) => held.once('end', resolve));
    await endAll();
    await ended;
    held.release(true);
    await pool.query('select 1');
    await endAll();
    await eventually(() => assert.equal(pool.totalCount, 0));
    await Promise.all([pool.end(), other.end()]);
  });
});

describe('a PostgreSQL that goes away and comes back', function () {
  // Ending and starting a server is its own pace.
  this.timeout(60_000);

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
