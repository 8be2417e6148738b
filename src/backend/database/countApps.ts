import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Counts the apps that an account has up, in its subscription: the plan's bound on them is kept there. */
export const countApps: Migration = {
  async up(database: Kysely<never>): Promise<void> {
    await database.schema
      .alterTable('subscriptions')
      .addColumn('apps_up', 'integer', (column) =>
        column
          .notNull()
          .defaultTo(0)
          .check(sql`apps_up >= 0`),
      )
      .execute();
    await sql`update subscriptions set apps_up = (
      select count(*) from publications where publications.account_id = subscriptions.account_id and active > 0
    )`.execute(database);
  },
};
