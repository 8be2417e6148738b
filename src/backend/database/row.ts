import type { SQLOutputValue } from 'node:sqlite';

/** A row as the writer reads it. Its columns are taken out by type, so that a wrong one is seen where it is read. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** A column that holds a whole number. TypeError if it does not. */
export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new TypeError(`${column} is no whole number`);
  return value;
}

/** A column that holds text. TypeError if it does not. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`${column} is no text`);
  return value;
}

/** A column that holds text or nothing. */
export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}
