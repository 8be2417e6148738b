import type { StoredValue } from './column.ts';

/**
 * Values as PostgreSQL reads an array's text: one text for a column of many rows, made in a fraction of the time that a
 * client takes which asks each value what it is.
 */
export function arrayLiteral(values: readonly StoredValue[]): string {
  return `{${values.map((value) => (typeof value === 'string' ? quoted(value) : (value ?? 'NULL'))).join()}}`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
