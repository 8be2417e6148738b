import { millitokens, type Millitokens } from '../../core/tokens.ts';

/**
 * What a column holds: how the databases name its type, and the door through which its values come and go. Both
 * throw a TypeError or RangeError for what does not belong there.
 */
export interface Column<T> {
  readonly type: 'text' | 'bigint' | 'integer' | 'double precision';
  readonly read: (value: unknown) => T;
  readonly write: (value: T) => StoredValue;
}

/** What SQLite and PostgreSQL store alike. */
export type StoredValue = string | number | null;

export const text: Column<string> = { type: 'text', read: readText, write: readText };
export const textOrNull: Column<string | null> = orNull(text);

/** A whole number: a count, or an instant in milliseconds since 1970 in UTC. */
export const integer: Column<number> = { type: 'bigint', read: readInteger, write: readInteger };
export const integerOrNull: Column<number | null> = orNull(integer);

/** Millitokens. */
export const amount: Column<Millitokens> = { type: 'bigint', read: readAmount, write: readAmount };

export const amountOrNull: Column<Millitokens | null> = orNull(amount);

/** Stored as 0 and 1. */
export const flag: Column<boolean> = { type: 'integer', read: (value) => readInteger(value) === 1, write: Number };

export const decimal: Column<number> = { type: 'double precision', read: readNumber, write: readNumber };

/** A text out of a closed set. */
export function oneOf<T extends string>(...all: readonly T[]): Column<T> {
  const read = (value: unknown): T => {
    const found = all.find((each) => each === value);
    if (found === undefined) throw new TypeError(`none of ${all.join(', ')}`);
    return found;
  };
  return { type: 'text', read, write: read };
}

/** A column that may also hold nothing. */
export function orNull<T>(column: Column<T>): Column<T | null> {
  return {
    type: column.type,
    read: (value) => (value === null ? null : column.read(value)),
    write: (value) => (value === null ? null : column.write(value)),
  };
}

function readText(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('no text');
  return value;
}

function readNumber(value: unknown): number {
  if (typeof value !== 'number') throw new TypeError('no number');
  return value;
}

function readInteger(value: unknown): number {
  const number = readNumber(value);
  if (!Number.isSafeInteger(number)) throw new TypeError('no whole number');
  return number;
}

function readAmount(value: unknown): Millitokens {
  return millitokens(readNumber(value));
}
