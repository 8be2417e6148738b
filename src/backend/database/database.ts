import type { Kysely, Transaction } from 'kysely';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** A database that is open and has the tables of now: SQLite for one machine, PostgreSQL for many. */
export interface Database {
  /** Its name for people. */
  readonly name: string;
  /** For reads and administration. */
  readonly query: Kysely<Tables>;
  /** SQLite's file, on which one process works; null for a server, on which many may. */
  readonly file: string | null;
  /** A connection of its own on which one writer writes. */
  openStore(): Store;
  /**
   * Which of these accounts may be others than at the last look, whoever changed them. What it costs does not grow
   * with what is in the database.
   */
  changedAccounts(watched: readonly string[]): Promise<readonly string[]>;
  /** A copy into a file, while it is in use. Throws a StartRefusal where the database has tools of its own for that. */
  backup(file: string): Promise<{ pages: number }>;
  close(): Promise<void>;
}

/** The query builder or one of its transactions, as reads take it first. */
export type Reader = Kysely<Tables> | Transaction<Tables>;
