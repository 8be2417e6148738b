import { DatabaseSync } from 'node:sqlite';

/** Opens a connection to a SQLite file on which a commit is on the disk when it returns. */
export function connectSqlite(file: string): DatabaseSync {
  const connection = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  } catch (error) {
    connection.close();
    throw error;
  }
  return connection;
}

/** How long a statement waits for another process's transaction: the operator's CLI needs milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;
