import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * A call's row tells of the transfers that made and ended its hold. Those of before stay as they were written down: of
 * them its columns tell nothing. An older version that still works on the same database leaves the columns alone: it
 * can't end a hold that they tell of, nor take the row of one for the next, or they would tell of another.
 */
export const transfersInCalls: Migration = {
  async up(database: Kysely<never>): Promise<void> {
    for (const name of ['reserve_number', 'reserve_at']) {
      await database.schema.alterTable('calls').addColumn(name, 'bigint').execute();
    }
    await database.schema
      .alterTable('calls')
      .addColumn('end_number', 'bigint', (column) => column.check(endsAreTold))
      .execute();
    for (const name of ['reserve_available', 'reserve_held', 'end_available', 'end_held']) {
      await database.schema
        .alterTable('calls')
        .addColumn(name, 'bigint', (column) => column.check(sql`${sql.ref(name)} >= 0`))
        .execute();
    }
    await database.schema
      .createIndex('calls_by_reserve_number')
      .on('calls')
      .columns(['account_id', 'reserve_number'])
      .unique()
      .where(sql.ref('reserve_number'), 'is not', null)
      .execute();
  },
};

const endsAreTold = sql`(end_number is null or ended_at is not null)
  and (end_number is not null or ended_at is null or reserve_number is null)`;
