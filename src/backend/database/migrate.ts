import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { StartRefusal } from '../startRefusal.ts';
import { migrations } from './migrations.ts';
import type { Tables } from './tables.ts';

/**
 * Brings a database's tables up to now. Throws a StartRefusal for one of a newer version: it holds things that this
 * version would break.
 */
export async function migrate(query: Kysely<Tables>, name: string): Promise<void> {
  const migrator = new Migrator({ db: query, provider: { getMigrations: () => Promise.resolve({ ...migrations }) } });
  const unknown = await unknownMigration(query);
  if (unknown !== undefined) {
    throw new StartRefusal(`${name} is from a newer version of Tokenfare (it has ${unknown}).`);
  }
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error) throw error;
  if (error !== undefined) throw new Error('a migration failed');
}

async function unknownMigration(query: Kysely<Tables>): Promise<string | undefined> {
  const tables = await query.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === MIGRATION_TABLE)) return undefined;
  const rows = await query
    .$extendTables<{ [MIGRATION_TABLE]: { name: string } }>()
    .selectFrom(MIGRATION_TABLE)
    .select('name')
    .orderBy('name')
    .execute();
  return rows.find((row) => !(row.name in migrations))?.name;
}

/** As the migrator calls it. */
const MIGRATION_TABLE = 'kysely_migration';
