import type { Column, StoredValue } from './column.ts';

/** A table as the writer knows it: its rows are read and written whole, under the names that the program uses. */
export interface Table<R> {
  readonly name: string;
  readonly columns: readonly TableColumn[];
  /** The columns by which rows are found. */
  readonly key: readonly string[];
  /**
   * Its rows change, so each has a column `version` that counts its changes: a change of one that somebody else has
   * changed since is refused. The rows of other tables stay as they were added.
   */
  readonly isChangeable: boolean;
  /** One text for a key's parts, in the key's order. */
  keyOf(row: R): string;
  /** Throws a TypeError that names the column if the database holds what it should not. */
  read(stored: Readonly<Record<string, unknown>>): R;
  /** In the columns' order. */
  write(row: R): StoredValue[];
  /** Where among the columns something else stands than before, and what; `values` end with the key's parts. */
  writeChange(before: R, row: R): { columns: number[]; values: StoredValue[] };
}

export interface TableColumn {
  /** As the database calls it. */
  readonly name: string;
  readonly type: Column<unknown>['type'];
}

/** `account_id` is `accountId` in the program. */
export type FieldName<Name> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<FieldName<Tail>>}`
  : Name;

/** A row under the program's names. */
export type RowOf<Columns extends Record<string, AnyColumn>> = {
  readonly [Name in keyof Columns as FieldName<Name>]: ReturnType<Columns[Name]['read']>;
};

export interface AnyColumn {
  readonly type: Column<unknown>['type'];
  readonly read: (value: unknown) => unknown;
  readonly write: (value: never) => StoredValue;
}

/** Describes a table. */
export function table<const Columns extends Record<string, AnyColumn>>(
  name: string,
  key: readonly (keyof Columns & string)[],
  columns: Columns,
  rows: 'changes' | 'stays',
): Table<RowOf<Columns>> {
  const fields = Object.entries(columns).map(([column, { type, read, write }]) => ({
    ...{ name: column, field: fieldName(column), type, read },
    write: write as (value: unknown) => StoredValue,
  }));
  const keyFields = key.map(fieldName);
  const keys = fields.filter((field) => keyFields.includes(field.field));
  return {
    name,
    columns: fields,
    key,
    isChangeable: rows === 'changes',
    keyOf: (row: Readonly<Record<string, unknown>>) => joinKey(keyFields.map((field) => row[field])),
    read: (stored) => {
      const row: Record<string, unknown> = {};
      for (const { name: column, field, read } of fields) row[field] = readColumn(name, column, read, stored[column]);
      return row as RowOf<Columns>;
    },
    write: (row: Readonly<Record<string, unknown>>) => fields.map(({ field, write }) => write(row[field])),
    writeChange: (before: Readonly<Record<string, unknown>>, row: Readonly<Record<string, unknown>>) => {
      const columns: number[] = [];
      const values: StoredValue[] = [];
      fields.forEach(({ field, write }, index) => {
        if (before[field] === row[field]) return;
        columns.push(index);
        values.push(write(row[field]));
      });
      for (const { field, write } of keys) values.push(write(row[field]));
      return { columns, values };
    },
  };
}

/** One text for a key's parts; a part that is nothing is empty. */
export function joinKey(parts: readonly unknown[]): string {
  let key = '';
  for (const part of parts) key += (key === '' ? '' : KEY_SEPARATOR) + (typeof part === 'string' ? part : '');
  return key;
}

/** In no id: those of clients are visible ASCII. */
const KEY_SEPARATOR = '\n';

function readColumn(table: string, column: string, read: (value: unknown) => unknown, value: unknown): unknown {
  try {
    return read(value);
  } catch (error) {
    throw new TypeError(`${table}.${column}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function fieldName(column: string): string {
  return column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
