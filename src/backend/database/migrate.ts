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
  const unknown = await newerMigrationAtStart(query);
  if (unknown !== undefined) {
    throw new StartRefusal(`${name} is from a newer version of Tokenfare (it has ${unknown}).`);
  }
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error) throw error;
  if (error !== undefined) throw new Error('a migration failed');
}

/**
 * A migration that this version doesn't know, if the database has one: a newer version was started on it, whose rules
 * this one would break.
 */
export async function newerMigration(query: Kysely<Tables>): Promise<string | undefined> {
  const rows = await query
    .$extendTables<{ [MIGRATION_TABLE]: { name: string } }>()
    .selectFrom(MIGRATION_TABLE)
    .select('name')
    .orderBy('name')
    .execute();
  return rows.find((row) => !(row.name in migrations))?.name;
}

/** A database that is new has no list of them yet. */
async function newerMigrationAtStart(query: Kysely<Tables>): Promise<string | undefined> {
  const tables = await query.introspection.getTables({ withInternalKyselyTables: true });
  return tables.some((table) => table.name === MIGRATION_TABLE) ? newerMigration(query) : undefined;
}

/** As the migrator calls it. */
const MIGRATION_TABLE = 'kysely_migration';
