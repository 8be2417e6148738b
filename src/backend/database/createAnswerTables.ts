import type { Kysely } from 'kysely';

/**
 * What processes on one server tell each other of the answers that they are giving: what of them can be resumed, and
 * which of them are to be stopped. Nothing stays in them for longer than minutes.
 */
export async function createAnswerTables(database: Kysely<never>): Promise<void> {
  await database.schema
    .createTable('kept_pieces')
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('generation_id', 'text', (column) => column.notNull())
    .addColumn('call_id', 'text', (column) => column.notNull())
    .addColumn('hold_id', 'text', (column) => column.notNull())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addColumn('events_before', 'bigint', (column) => column.notNull())
    .addColumn('bytes', 'bytea', (column) => column.notNull())
    .addColumn('is_last', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('kept_pieces_key', ['account_id', 'generation_id', 'hold_id', 'number'])
    .execute();
  await database.schema
    .createTable('asked_stops')
    .addColumn('hold_id', 'text', (column) => column.primaryKey())
    .addColumn('asked_at', 'bigint', (column) => column.notNull())
    .execute();
}
