import { DatabaseSync } from 'node:sqlite';
import { CheckpointError } from './checkpointError.ts';

/** Another window's operation takes milliseconds, seconds with very large files; who waits longer is told. */
const MAX_WAIT_MS = 15_000;
const RETRY_MS = 5;

/** SQLITE_BUSY: somebody else holds the lock. */
const BUSY = 5;

/**
 * One writer at a time, over all processes. It borrows SQLite's file lock, which the operating system itself holds and
 * drops when a process dies: no staleness, no heartbeat, no waiting after a crash, and nothing is ever written into the
 * file.
 */
export class StoreLock {
  readonly #path: string;
  #database: DatabaseSync | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  async hold<T>(work: () => Promise<T>): Promise<T> {
    this.#database ??= new DatabaseSync(this.#path, { timeout: 0 });
    const database = this.#database;
    await taken(database);
    try {
      return await work();
    } finally {
      database.exec('ROLLBACK');
    }
  }

  close(): void {
    this.#database?.close();
    this.#database = null;
  }
}

async function taken(database: DatabaseSync): Promise<void> {
  for (let waited = 0; !tryTake(database); waited += RETRY_MS) {
    if (waited >= MAX_WAIT_MS) throw new CheckpointError('busy');
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

function tryTake(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === BUSY) return false;
    throw error;
  }
}
