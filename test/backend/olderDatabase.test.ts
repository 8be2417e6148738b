import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { after, before, describe, it } from 'mocha';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { testDatabases, type TestDatabase } from '../support/testDatabases.ts';

const app = { slug: '', name: 'App', project: null, last_number: 1, versions: '[]', created_at: 1, updated_at: 1 };
const subscription = {
  ...{ plan_id: 'free', provider: 'sandbox', payment_count: 0, project_moves: 0, moves_period: 0 },
  ...{ provider_behind: 0, card_fails: 0 },
};

for (const { name, create } of testDatabases) {
  describe(`a database of an older version, on ${name}`, () => {
    let database: TestDatabase;
    before(async () => {
      database = await create();
    });
    after(() => database.dispose());

    it('knows how many apps each account has up', async () => {
      const older = await openDatabase(database.url);
      await sql`alter table subscriptions drop column apps_up`.execute(older.query);
      await sql`delete from kysely_migration where name = '0002-count-apps'`.execute(older.query);
      const insert = (table: string, row: Readonly<Record<string, string | number | null>>) =>
        sql`insert into ${sql.table(table)} (${sql.join(Object.keys(row).map((column) => sql.ref(column)))})
          values (${sql.join(Object.values(row))})`.execute(older.query);
      for (const account_id of ['two', 'none']) await insert('subscriptions', { ...subscription, account_id });
      for (const [id, active] of Object.entries({ a: 1, b: 3, down: 0 })) {
        await insert('publications', { ...app, account_id: 'two', id, slug: id, active });
      }
      await older.close();
      const opened = await openDatabase(database.url);
      const counts = await opened.query.selectFrom('subscriptions').select(['account_id', 'apps_up']).execute();
      await opened.close();
      assert.deepEqual(Object.fromEntries(counts.map((row) => [row.account_id, row.apps_up])), { two: 2, none: 0 });
    });
  });
}
