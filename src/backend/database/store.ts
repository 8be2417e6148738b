import type { RowKey, WorkingSet } from './workingSet.ts';

/**
 * A database as the writer needs it: one transaction at a time, that reads rows by their keys and writes what became
 * of them. SQLite and PostgreSQL do it alike, as one suite of tests proves.
 */
export interface Store {
  /**
   * Whether a round can be carried out while those before it are on their way to the disk, on what they leave in the
   * set; it is lost with them.
   */
  canFollow(set: WorkingSet): boolean;
  /** Begins a transaction and fills the set with the rows of these keys, as they are until the transaction's end. */
  begin(set: WorkingSet, keys: readonly RowKey[]): Promise<void> | void;
  /**
   * Takes what has changed from the set, settles it, writes and commits: when it resolves, all of it is on the disk. A
   * row that another has changed since it was read is a LostRound, and so is a round behind one that has failed.
   */
  commit(set: WorkingSet): Promise<void> | void;
  /** Ends the transaction as if it had not been, if there is one. */
  rollback(): Promise<void> | void;
  close(): Promise<void> | void;
}

/** The round met another that was faster; carried out again from a fresh read, it will do. */
export class LostRound extends Error {
  override readonly name = 'LostRound';
}

/** The database doesn't answer. What was asked of it may have happened or not. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}
