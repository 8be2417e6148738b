import { backup } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { StartRefusal } from '../startRefusal.ts';
import { connectSqlite } from './connectSqlite.ts';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { sqliteAdapter } from './sqliteAdapter.ts';
import { SqliteConnection } from './sqliteConnection.ts';
import { SqliteStore } from './sqliteStore.ts';
import type { Tables } from './tables.ts';

/** Opens a SQLite file. Throws a StartRefusal that says what is wrong with it. */
export async function openSqlite(file: string): Promise<Database> {
  const name = `The database ${file}`;
  try {
    const connection = connectSqlite(file);
    const query = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqliteAdapter(connection) }) });
    try {
      await migrate(query, name);
    } catch (error) {
      await query.destroy();
      throw error;
    }
    const version = connection.prepare('PRAGMA data_version');
    let last = version.get()?.['data_version'];
    return {
      name,
      query,
      file,
      openStore: () => new SqliteStore(file, new SqliteConnection(file)),
      // A number that changes whenever any other connection, of whatever process, has committed.
      changedAccounts: (watched) => {
        const now = version.get()?.['data_version'];
        const isSame = now === last;
        last = now;
        return Promise.resolve(isSame ? [] : watched);
      },
      exchangeChanges: () => () => undefined,
      backup: async (to) => ({ pages: await backup(connection, to) }),
      close: () => query.destroy(),
    };
  } catch (error) {
    if (error instanceof StartRefusal) throw error;
    throw new StartRefusal(`${name} cannot be used: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
