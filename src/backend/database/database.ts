import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect, type Transaction as KyselyTransaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import { StartRefusal } from '../startRefusal.ts';
import { migrations } from './migrations.ts';
import { sqliteAdapter } from './sqliteAdapter.ts';
import type { Tables } from './tables.ts';

/** One SQLite file by two connections: `writing` is the writer's alone, `query` is for reads and administration. */
export interface Database {
  readonly file: string;
  readonly writing: DatabaseSync;
  readonly query: Kysely<Tables>;
  /** A number that changes whenever any other connection, of whatever process, has committed. */
  dataVersion(): number;
  close(): Promise<void>;
}

/** The query builder or one of its transactions, as reads take it first. */
export type Reader = Kysely<Tables> | KyselyTransaction<Tables>;

/** How long a statement waits for another process's transaction: the operator's CLI needs milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens the file, makes it if there is none, and brings its tables up to now. Throws a StartRefusal that says what is
 * wrong with it.
 */
export async function openDatabase(file: string): Promise<Database> {
  const opened: DatabaseSync[] = [];
  try {
    const reading = connect(file, opened);
    refuseNewer(file, reading);
    const query = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqliteAdapter(reading) }) });
    await migrate(query);
    const writing = connect(file, opened);
    const version = reading.prepare('PRAGMA data_version');
    return {
      file,
      writing,
      query,
      dataVersion: () => Number(version.get()?.['data_version']),
      close: async () => {
        writing.close();
        await query.destroy();
      },
    };
  } catch (error) {
    for (const connection of opened) connection.close();
    if (error instanceof StartRefusal) throw error;
    throw new StartRefusal(
      `The database ${file} cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

function connect(file: string, opened: DatabaseSync[]): DatabaseSync {
  const connection = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  opened.push(connection);
  connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  return connection;
}

/** A database that has run migrations unknown to this version holds things that this version would break. */
function refuseNewer(file: string, connection: DatabaseSync): void {
  const known = connection.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'kysely_migration'");
  if (known.get() === undefined) return;
  const names = connection.prepare('SELECT name FROM kysely_migration ORDER BY name').all();
  const unknown = names.map((row) => String(row['name'])).find((name) => !(name in migrations));
  if (unknown === undefined) return;
  throw new StartRefusal(`The database ${file} is from a newer version of Tokenfare (it has ${unknown}).`);
}

async function migrate(query: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db: query, provider: { getMigrations: () => Promise.resolve({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error) throw error;
  if (error !== undefined) throw new Error('a migration failed');
}
