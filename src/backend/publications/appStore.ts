import type { Readable } from 'node:stream';

/**
 * Where the files of published apps are kept, each under a key of our own making (letters, digits, `-`, `.` and `/`):
 * no name of a stranger's ever reaches it. A folder and an S3-compatible bucket do it alike, as one suite of tests
 * proves.
 */
export interface AppStore {
  /** Keeps bytes; when it resolves, they can be read. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Resolves when everything that begins with this, which ends with `/`, outlives a loss of power. */
  sync(prefix: string): Promise<void>;
  /** A whole object, or the bytes from `start` to `end`, both included. Null if there is none. */
  get(key: string, range?: { start: number; end: number }): Promise<Readable | null>;
  /** Every key that begins with this, which ends with `/`. */
  list(prefix: string): Promise<string[]>;
  /** Removes what begins with this, which ends with `/`. What is not there is no fault. */
  remove(prefix: string): Promise<void>;
}
