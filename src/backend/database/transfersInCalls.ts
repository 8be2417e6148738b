import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * A call's row tells of the transfers that made and ended its hold. Those of before stay as they were written down: of
 * them its columns tell nothing.
 */
export const transfersInCalls: Migration = {
  async up(database: Kysely<never>): Promise<void> {
    for (const name of ['reserve_number', 'reserve_at', 'end_number']) {
      await database.schema.alterTable('calls').addColumn(name, 'bigint').execute();
    }
    for (const name of ['reserve_available', 'reserve_held', 'end_available', 'end_held']) {
      await database.schema
        .alterTable('calls')
        .addColumn(name, 'bigint', (column) => column.check(sql`${sql.ref(name)} >= 0`))
        .execute();
    }
    for (const number of ['reserve_number', 'end_number']) {
      await database.schema
        .createIndex(`calls_by_${number}`)
        .on('calls')
        .columns(['account_id', number])
        .unique()
        .where(sql.ref(number), 'is not', null)
        .execute();
    }
  },
};
