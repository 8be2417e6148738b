import type { StoredValue } from './column.ts';
import type { TableName } from './tables.ts';

/** Where the rounds of a SQLite file are committed: on a connection here, or in a thread. */
export interface SqliteCommits {
  /** Whether a round can be handed over while another is on its way to the disk. */
  readonly queues: boolean;
  /**
   * A number that changes whenever any other connection, of whatever process, has committed. Who asks for it begins
   * anew: rounds are taken again.
   */
  dataVersion(): Promise<number> | number;
  /**
   * Writes a round and commits it, onto the disk. Throws a LostRound if others have committed meanwhile, or one before
   * it failed.
   */
  commit(round: SqliteRound): Promise<void> | void;
  close(): Promise<void> | void;
}

/** What a round writes, as plain data: its rows' values one after the other, in the order of the tables' columns. */
export interface SqliteRound {
  /** The data version for which what was read is right. */
  readonly dataVersion: number;
  readonly inserts: readonly SqliteInserts[];
  readonly updates: readonly SqliteUpdate[];
}

export interface SqliteInserts {
  readonly table: TableName;
  readonly values: readonly StoredValue[];
}

/** Of one row: which columns change, then their values, the key's parts and the version that the row has. */
export interface SqliteUpdate {
  readonly table: TableName;
  readonly columns: readonly number[];
  readonly values: readonly StoredValue[];
}
