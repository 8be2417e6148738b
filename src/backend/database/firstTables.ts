import { sql, type ColumnDefinitionBuilder, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createAnswerTables } from './createAnswerTables.ts';

/** Accounts, ledger, generations, subscriptions, payments, projects and publications, as the first release has them. */
export const firstTables: Migration = {
  async up(database: Kysely<never>): Promise<void> {
    await createAccounts(database);
    await createLedger(database);
    await createCalls(database);
    await createPayments(database);
    await createAnswerTables(database);
    await createProjects(database);
    await createPublications(database);
  },
};

async function createAccounts(database: Kysely<never>): Promise<void> {
  await database.schema
    .createTable('accounts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('email', 'text', (column) => column.notNull().unique())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await database.schema
    .createTable('warnings')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('period_start', 'bigint', (column) => column.notNull())
    .addColumn('threshold', 'text', (column) => column.notNull())
    .addColumn('told_at', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema
    .createTable('api_keys')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('prefix', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull().unique())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .addColumn('expires_at', 'bigint')
    .addColumn('version', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
}

async function createLedger(database: Kysely<never>): Promise<void> {
  const notNegative = [
    'available',
    'held',
    'allowance',
    'used',
    'next_allowance',
    'open_holds',
    'transfer_count',
    'carried_allowance',
    'carried_used',
    'carried_until',
  ];
  const accounts = database.schema
    .createTable('ledger_accounts')
    .addColumn('account_id', 'text', (column) => column.primaryKey());
  await notNegative
    .reduce((table, name) => table.addColumn(name, 'bigint', isNotNegative(name)), accounts)
    .addColumn('anchor', 'bigint', (column) => column.notNull())
    .addColumn('period_start', 'bigint', (column) => column.notNull())
    .addColumn('period_end', 'bigint', (column) => column.notNull())
    .addColumn('last_event_at', 'bigint', (column) => column.notNull())
    .addColumn('frozen', 'integer', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull().defaultTo(0))
    .addCheckConstraint('period_is_not_empty', sql`period_end > period_start`)
    .execute();
  await createTransfers(database);
}

function isNotNegative(name: string): (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder {
  return (column) => column.notNull().check(sql`${sql.ref(name)} >= 0`);
}

/** The key holds the account first: all of an account lies together, in one place of a distributed database. */
async function createTransfers(database: Kysely<never>): Promise<void> {
  await database.schema
    .createTable('transfers')
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('amount', 'bigint', (column) => column.notNull().check(sql`amount > 0`))
    .addColumn('available', 'bigint', isNotNegative('available'))
    .addColumn('held', 'bigint', isNotNegative('held'))
    .addColumn('period_start', 'bigint', (column) => column.notNull())
    .addColumn('hold_id', 'text')
    .addColumn('generation_id', 'text')
    .addColumn('reason', 'text')
    .addColumn('key', 'text')
    .addPrimaryKeyConstraint('transfers_key', ['account_id', 'number'])
    .execute();
  await database.schema
    .createIndex('transfers_happen_once')
    .on('transfers')
    .columns(['account_id', 'key'])
    .unique()
    .where(sql.ref('key'), 'is not', null)
    .execute();
}

const parts = ['message_part', 'prompt_part', 'context_part', 'response_part'] as const;

/** A generation has no row of its own: its first call's row holds what is told of all of its calls. */
async function createCalls(database: Kysely<never>): Promise<void> {
  const counts = ['prompt_tokens', 'context_tokens', 'cached_tokens', 'response_tokens'];
  const ofGeneration = ['open_calls', 'settled_calls', 'total_charged', 'sent_tokens'];
  const calls = database.schema
    .createTable('calls')
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('generation_id', 'text', (column) => column.notNull())
    .addColumn('body_hash', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('project', 'text')
    .addColumn('session', 'text')
    .addColumn('multiplier', 'double precision', (column) => column.notNull())
    .addColumn('first_call', 'integer', (column) => column.notNull())
    .addColumn('capped', 'integer', (column) => column.notNull())
    .addColumn('hold_id', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('reserved', 'sent', 'settled', 'released')`),
    )
    .addColumn('period_start', 'bigint', (column) => column.notNull())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('counted', 'integer', (column) => column.notNull())
    .addColumn('recovered', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('calls_key', ['id', 'account_id']);
  await ['reserved', 'charged', 'delivered', ...counts, ...parts, ...ofGeneration]
    .reduce((table, name) => table.addColumn(name, 'bigint', isNotNegative(name)), calls)
    .addColumn('version', 'bigint', (column) => column.notNull().defaultTo(0))
    .addCheckConstraint('charge_within_hold', sql`charged <= reserved and delivered <= reserved`)
    .execute();
  await createIndexesOfCalls(database);
}

/** Each holds only the calls that are looked for by it. */
async function createIndexesOfCalls(database: Kysely<never>): Promise<void> {
  await database.schema
    .createIndex('generations_by_time')
    .on('calls')
    .columns(['account_id', 'created_at', 'id'])
    .where(sql.ref('generation_id'), '=', sql.ref('id'))
    .execute();
  await database.schema
    .createIndex('continuing_calls')
    .on('calls')
    .columns(['account_id', 'generation_id'])
    .where(sql.ref('generation_id'), '<>', sql.ref('id'))
    .execute();
  await database.schema
    .createIndex('open_calls')
    .on('calls')
    .columns(['lease_until'])
    .where(sql.ref('state'), 'in', [sql.lit('reserved'), sql.lit('sent')])
    .execute();
}

async function createPayments(database: Kysely<never>): Promise<void> {
  await database.schema
    .createTable('subscriptions')
    .addColumn('account_id', 'text', (column) => column.primaryKey())
    .addColumn('plan_id', 'text', (column) => column.notNull())
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('scheduled_plan_id', 'text')
    .addColumn('scheduled_at', 'bigint')
    .addColumn('unpaid_since', 'bigint')
    .addColumn('payment_count', 'integer', (column) => column.notNull())
    .addColumn('refunded_at', 'bigint')
    .addColumn('exported_at', 'bigint')
    .addColumn('project_id', 'text')
    .addColumn('project_moves', 'integer', (column) => column.notNull())
    .addColumn('moves_period', 'bigint', (column) => column.notNull())
    .addColumn('customer_id', 'text', (column) => column.unique())
    .addColumn('contract_id', 'text')
    .addColumn('provider_behind', 'integer', (column) => column.notNull())
    .addColumn('card_fails', 'integer', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await database.schema
    .createTable('checkouts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('plan_id', 'text', (column) => column.notNull())
    .addColumn('previous_plan_id', 'text', (column) => column.notNull())
    .addColumn('amount', 'bigint', (column) => column.notNull())
    .addColumn('currency', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('paid_at', 'bigint')
    .addColumn('version', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await database.schema
    .createTable('payment_events')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  await database.schema
    .createTable('invoices')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('plan_id', 'text', (column) => column.notNull())
    .addColumn('previous_plan_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('amount', 'bigint', (column) => column.notNull())
    .addColumn('currency', 'text', (column) => column.notNull())
    .addColumn('granted', 'bigint', (column) => column.notNull())
    .addColumn('paid_at', 'bigint', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('period_start', 'bigint', (column) => column.notNull())
    .addColumn('anchor_before', 'bigint', (column) => column.notNull())
    .addColumn('transfer_number', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('invoices_in_order', ['account_id', 'number'])
    .execute();
  await createRefunds(database);
}

async function createRefunds(database: Kysely<never>): Promise<void> {
  await database.schema
    .createTable('refunds')
    .addColumn('invoice_id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull().check(sql`status in ('approved', 'waiting', 'refused')`))
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('requested_at', 'bigint', (column) => column.notNull())
    .addColumn('decided_at', 'bigint')
    .addColumn('money_sent', 'integer', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await database.schema
    .createIndex('refunds_owed')
    .on('refunds')
    .columns(['money_sent'])
    .where(sql.ref('money_sent'), '=', sql.lit(0))
    .execute();
  await database.schema
    .createIndex('subscriptions_behind')
    .on('subscriptions')
    .columns(['provider_behind'])
    .where(sql.ref('provider_behind'), '=', sql.lit(1))
    .execute();
}

async function createProjects(database: Kysely<never>): Promise<void> {
  await database.schema
    .createTable('projects')
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull().defaultTo(0))
    .addPrimaryKeyConstraint('projects_key', ['account_id', 'id'])
    .execute();
}

async function createPublications(database: Kysely<never>): Promise<void> {
  await database.schema
    .createTable('publications')
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('slug', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('project', 'text')
    .addColumn('active', 'bigint', (column) => column.notNull())
    .addColumn('last_number', 'bigint', (column) => column.notNull())
    .addColumn('versions', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull().defaultTo(0))
    .addPrimaryKeyConstraint('publications_key', ['account_id', 'id'])
    .execute();
}
