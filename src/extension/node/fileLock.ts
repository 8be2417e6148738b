import { DatabaseSync } from 'node:sqlite';

/** SQLITE_BUSY: somebody else holds the lock. */
const BUSY = 5;

/**
 * Takes a lock over all processes, without waiting; answers what gives it back, or null if another has it. It borrows
 * SQLite's file lock, which the operating system drops when a process dies. Nothing is ever written into the file.
 */
export function fileLock(path: string): (() => void) | null {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === BUSY) return null;
    throw error;
  }
  return () => {
    if (database.isOpen) database.close();
  };
}
