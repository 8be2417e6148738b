import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Database } from '../../src/backend/database/database.ts';
import { createWriter } from '../../src/backend/createWriter.ts';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { chargedSince } from '../../src/backend/ledger/chargedSince.ts';
import { listTransfers } from '../../src/backend/ledger/transferList.ts';
import { verifyLedger } from '../../src/backend/ledger/verifyLedger.ts';
import { testDatabases, type TestDatabase } from '../support/testDatabases.ts';

const app = { slug: '', name: 'App', project: null, last_number: 1, versions: '[]', created_at: 1, updated_at: 1 };
const subscription = {
  ...{ plan_id: 'free', provider: 'sandbox', payment_count: 0, project_moves: 0, moves_period: 0 },
  ...{ provider_behind: 0, card_fails: 0 },
};

const ledgerAccount = {
  ...{ available: 0, held: 0, allowance: 0, used: 0, next_allowance: 300_000, open_holds: 0, transfer_count: 0 },
  ...{ carried_allowance: 0, carried_used: 0, carried_until: 0 },
  ...{ anchor: 1, period_start: 1, period_end: 2, last_event_at: 1, frozen: 0 },
};
const call = {
  ...{ account_id: 'a', body_hash: 'x', created_at: 1, model: 'm', kind: 'question', multiplier: 1, first_call: 1 },
  ...{ capped: 0, charged: 0, delivered: 0, period_start: 1, owner: 'me', lease_until: 5, counted: 0, recovered: 0 },
  ...{ prompt_tokens: 0, context_tokens: 0, cached_tokens: 0, response_tokens: 0, message_part: 0, prompt_part: 0 },
  ...{ context_part: 0, response_part: 0, settled_calls: 0, total_charged: 0, sent_tokens: 0 },
};
const settled = {
  ...{ state: 'settled', reserved: 250, charged: 100, ended_at: 1, message_part: 100 },
  ...{ open_calls: 0, settled_calls: 1, total_charged: 100 },
};
const held = { reserved: 300, open_calls: 1 };
const called = (id: string) => ({ id, generation_id: id });
const invoiceFacts = {
  ...{ plan_id: 'pro', previous_plan_id: 'free', amount: 2_000, currency: 'USD', granted: 1_200_000 },
  ...{ paid_at: 1, period_start: 1, anchor_before: 1, transfer_number: 1 },
};

for (const { name, create } of testDatabases) {
  describe(`a database of an older version, on ${name}`, () => {
    let database: TestDatabase;
    beforeEach(async () => {
      database = await create();
    });
    afterEach(() => database.dispose());

    it('knows how many apps each account has up', async () => {
      const older = await openDatabase(database.url);
      await sql`alter table subscriptions drop column apps_up`.execute(older.query);
      await forget(older, '0002-count-apps');
      for (const account_id of ['two', 'none']) await insert(older, 'subscriptions', { ...subscription, account_id });
      for (const [id, active] of Object.entries({ a: 1, b: 3, down: 0 })) {
        await insert(older, 'publications', { ...app, account_id: 'two', id, slug: id, active });
      }
      await older.close();
      const opened = await openDatabase(database.url);
      const counts = await opened.query.selectFrom('subscriptions').select(['account_id', 'apps_up']).execute();
      await opened.close();
      assert.deepEqual(Object.fromEntries(counts.map((row) => [row.account_id, row.apps_up])), { two: 2, none: 0 });
    });

    it('knows which plans nobody pays for, and gives no money back that nobody paid', async () => {
      const older = await openDatabase(database.url);
      await forget(older, '0003-given-plans');
      const plan = async (account_id: string, plan_id: string, provider: string): Promise<void> => {
        await insert(older, 'subscriptions', { ...subscription, account_id, plan_id, provider });
        await insert(older, 'ledger_accounts', { ...ledgerAccount, account_id });
      };
      const invoice = async (account_id: string, kind: string, id: string, number = 1): Promise<void> => {
        await insert(older, 'invoices', { ...invoiceFacts, account_id, kind, id, number });
      };
      await plan('given', 'pro-3k', 'sandbox');
      await invoice('given', 'renewal', 'sandbox-renewal:given:1');
      await plan('bought', 'pro', 'sandbox');
      await invoice('bought', 'purchase', 'sandbox:1');
      await invoice('bought', 'renewal', 'sandbox-renewal:bought:1', 2);
      await plan('owner', 'pro', 'own');
      await plan('customer', 'pro', 'stripe');
      await older.close();
      const opened = await openDatabase(database.url);
      const found = await opened.query
        .selectFrom('subscriptions')
        .innerJoin('ledger_accounts', 'ledger_accounts.account_id', 'subscriptions.account_id')
        .select(['subscriptions.account_id as id', 'provider', 'next_allowance as next'])
        .orderBy('id')
        .execute();
      const refunds = await opened.query.selectFrom('refunds').select(['invoice_id', 'status', 'reason']).execute();
      await opened.close();
      assert.deepEqual(
        found.map(({ id, provider, next }) => `${id} ${provider} ${next}`),
        ['bought sandbox 300000', 'customer stripe 300000', 'given given 3000000', 'owner given 1500000'],
      );
      const answers = refunds.map(({ invoice_id, status, reason }) => [invoice_id, status, reason]);
      assert.deepEqual(answers, [['sandbox-renewal:given:1', 'refused', 'given']]);
    });

    it('goes on with calls whose transfers were written down by themselves', async () => {
      const older = await openDatabase(database.url);
      await forget(older, '0004-transfers-in-calls');
      const balance = { available: 600, held: 300, allowance: 1_000, used: 100, open_holds: 1, transfer_count: 5 };
      await insert(older, 'ledger_accounts', { ...ledgerAccount, account_id: 'a', ...balance, period_end: 1e15 });
      await insert(older, 'subscriptions', { ...subscription, account_id: 'a' });
      await insert(older, 'accounts', { id: 'a', email: 'a@example.com', created_at: 1 });
      await insert(older, 'calls', { ...call, ...called('done'), hold_id: 'h1', ...settled });
      await insert(older, 'calls', { ...call, ...called('open'), ...{ hold_id: 'h2', state: 'sent' }, ...held });
      const transfers = [
        { kind: 'grant', amount: 1_000, available: 1_000, held: 0, key: 'k' },
        { kind: 'reserve', amount: 250, available: 750, held: 250, hold_id: 'h1' },
        { kind: 'reserve', amount: 300, available: 450, held: 550, hold_id: 'h2' },
        { kind: 'settle', amount: 100, available: 450, held: 450, hold_id: 'h1' },
        { kind: 'release', amount: 150, available: 600, held: 300, hold_id: 'h1' },
      ];
      for (const [index, row] of transfers.entries()) {
        await insert(older, 'transfers', { account_id: 'a', number: index + 1, at: 1, period_start: 1, ...row });
      }
      await older.close();
      const opened = await openDatabase(database.url);
      assert.deepEqual((await verifyLedger(opened)).broken, []);
      const writer = createWriter(opened, {
        ...{ clock: () => 2, onCommit: () => undefined, onFault: assert.ifError },
        sqliteProgram: new URL('../../src/backend/database/sqlite.worker.ts', import.meta.url),
      });
      const open = { accountId: 'a', generationId: 'open', callId: 'open', holdId: 'h2' };
      assert.equal(await writer.submit('recoverCall', { ...open, leaseUntil: 5 }), true);
      await writer.close();
      const { transfers: listed } = await listTransfers(opened.query, 'a', { cursor: null, limit: 3 });
      const report = await verifyLedger(opened);
      const charged = await chargedSince(opened.query, 'a', { column: 'number', from: 1 });
      await opened.close();
      assert.deepEqual(report, { ok: true, accounts: 1, transfers: 6, broken: [] });
      assert.deepEqual(
        listed.map(({ id, kind, amount }) => `${id} ${kind} ${amount}`),
        ['6 release 300', '5 release 150', '4 settle 100'],
      );
      assert.equal(charged, 100);
    });

    it('lets no older version, that knows nothing of these columns, end or begin again a call that they tell of', async () => {
      const opened = await openDatabase(database.url);
      const made = { reserve_number: 2, reserve_at: 1, reserve_available: 750, reserve_held: 250 };
      const ended = { end_number: 3, end_available: 900, end_held: 0 };
      await insert(opened, 'calls', { ...call, ...called('done'), hold_id: 'h1', ...settled, ...made, ...ended });
      await insert(opened, 'calls', { ...call, ...called('open'), ...{ hold_id: 'h2', state: 'sent' }, ...held });
      await sql`update calls set reserve_number = 5, reserve_at = 1 where id = 'open'`.execute(opened.query);
      const begin = sql`update calls set state = 'sent', charged = 0, ended_at = null where id = 'done'`;
      const end = sql`update calls set state = 'released', ended_at = 2 where id = 'open'`;
      const outcomes = await Promise.allSettled([begin.execute(opened.query), end.execute(opened.query)]);
      await opened.close();
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ['rejected', 'rejected'],
      );
    });
  });
}

/** As it was before a migration and those after it, as far as these can't be carried out twice. */
async function forget(older: Database, migration: string): Promise<void> {
  await sql`delete from kysely_migration where name >= ${migration}`.execute(older.query);
  await older.query.schema.dropIndex('calls_by_reserve_number').execute();
  for (const column of transferColumns) await older.query.schema.alterTable('calls').dropColumn(column).execute();
}

const transferColumns = [
  ...['end_number', 'end_available', 'end_held'],
  ...['reserve_number', 'reserve_at', 'reserve_available', 'reserve_held'],
];

async function insert(
  { query }: Database,
  table: string,
  row: Readonly<Record<string, string | number | null>>,
): Promise<void> {
  const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)));
  await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(query);
}
