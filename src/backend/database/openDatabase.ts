import type { Database } from './database.ts';
import { openSqlite } from './sqliteDatabase.ts';

/**
 * Opens the database that a `sqlite:` or `postgres:` URL names, makes it if there is none, and brings its tables up to
 * now. Throws a StartRefusal that says what is wrong with it.
 */
export async function openDatabase(url: string): Promise<Database> {
  if (url.startsWith('sqlite:')) return openSqlite(url.slice('sqlite:'.length));
  // Loaded only where it is used: the embedded backend starts without it.
  const { openPostgres } = await import('./postgresDatabase.ts');
  return openPostgres(url);
}
