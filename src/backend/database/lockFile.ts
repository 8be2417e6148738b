import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/**
 * Holds a file for this process alone, or answers null if another process has it. The lock is the operating system's,
 * taken through SQLite, so it goes with the process, however that ends: nothing stale is left behind.
 */
export function lockFile(file: string): { release(): void } | null {
  const holder = new DatabaseSync(file, { timeout: 0 });
  try {
    chmodSync(file, 0o600);
    holder.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
  } catch (error) {
    holder.close();
    if (error instanceof Error && /locked/.test(error.message)) return null;
    throw error;
  }
  return {
    release: () => {
      holder.close();
    },
  };
}
