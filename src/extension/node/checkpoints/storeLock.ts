import { DatabaseSync } from 'node:sqlite';
import { CheckpointError, type CheckpointErrorKind } from './checkpointError.ts';

/** Another window's operation takes milliseconds, seconds with very large files; who waits longer is told. */
const MAX_WAIT_MS = 15_000;
const RETRY_MS = 5;

/** SQLITE_BUSY: somebody else holds the lock. */
const BUSY = 5;

/** SQLITE_IOERR_FSTAT: the file that is open was removed. */
const GONE = 1802;

/** SQLITE_READONLY, SQLITE_FULL and SQLITE_CANTOPEN: even a lock needs a little room and leave to write. */
const kindsByCode: ReadonlyMap<number, CheckpointErrorKind> = new Map([
  [8, 'readOnly'],
  [13, 'diskFull'],
  [14, 'readOnly'],
]);

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
    const database = await this.#taken();
    try {
      return await work();
    } finally {
      database.exec('ROLLBACK');
    }
  }

  /** Whoever empties the store's folder takes the lock's file away, too: then it is made anew. */
  async #taken(): Promise<DatabaseSync> {
    try {
      return await taken((this.#database ??= opened(this.#path)), this.#path);
    } catch (error) {
      if (codeOf(error) !== GONE) throw error;
      this.close();
      return taken((this.#database = opened(this.#path)), this.#path);
    }
  }

  close(): void {
    this.#database?.close();
    this.#database = null;
  }
}

function opened(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: 0 });
  } catch (error) {
    throw lockError(error, path);
  }
}

async function taken(database: DatabaseSync, path: string): Promise<DatabaseSync> {
  for (let waited = 0; !tryTake(database, path); waited += RETRY_MS) {
    if (waited >= MAX_WAIT_MS) throw new CheckpointError('busy');
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  return database;
}

function tryTake(database: DatabaseSync, path: string): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (codeOf(error) === BUSY) return false;
    throw lockError(error, path);
  }
}

function lockError(error: unknown, path: string): unknown {
  const kind = kindsByCode.get(codeOf(error));
  return kind === undefined ? error : new CheckpointError(kind, { path }, error);
}

function codeOf(error: unknown): number {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
}
