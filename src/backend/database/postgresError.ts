import { DatabaseError } from 'pg';
import { DatabaseUnavailable, LostRound } from './store.ts';

/**
 * What a failure of PostgreSQL means to the writer: to be carried out again, to be told as unavailable, or a fault.
 * Codes are those of the manual's appendix A; CockroachDB and YugabyteDB use the same.
 */
export function postgresError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof LostRound || error instanceof DatabaseUnavailable) return error;
  if (!(error instanceof DatabaseError)) return new DatabaseUnavailable(error.message || String(error));
  const code = error.code ?? '';
  if (PASSING.has(code)) return new LostRound(error.message);
  return UNAVAILABLE.test(code) ? new DatabaseUnavailable(error.message) : error;
}

/**
 * Serialization failure, deadlock, a row that another process has added meanwhile, and one that it has changed (a
 * division by zero: see the statement): after a fresh read the command finds it.
 */
const PASSING = new Set(['40001', '40P01', '23505', '22012']);
/** The connection is lost; the server is out of something, is ending, or is beginning. */
const UNAVAILABLE = /^(08|53|57P)/;
