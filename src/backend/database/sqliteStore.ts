import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Rows } from './rows.ts';
import { connectSqlite } from './connectSqlite.ts';
import { LostRound, type Store } from './store.ts';
import type { Table } from './table.ts';
import type { RowKey, WorkingSet } from './workingSet.ts';

/**
 * SQLite as the writer needs it, on a connection of its own. Rows stay known from round to round while no other
 * connection has committed, so that a balance is read once and not for every call.
 */
export class SqliteStore implements Store {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #dataVersion: number | undefined;

  constructor(file: string) {
    this.#connection = connectSqlite(file);
  }

  begin(set: WorkingSet, keys: readonly RowKey[]): void {
    this.#connection.exec('BEGIN IMMEDIATE');
    const dataVersion = Number(this.#statement('PRAGMA data_version').get()?.['data_version']);
    if (dataVersion !== this.#dataVersion || set.size > KEPT_ROWS) set.forget();
    this.#dataVersion = dataVersion;
    for (const [rows, wanted] of set.missing(keys)) this.#load(rows, wanted);
  }

  commit(set: WorkingSet): void {
    for (const rows of set.all) {
      this.#update(rows);
      this.#insert(rows);
    }
    this.#connection.exec('COMMIT');
    set.settle();
  }

  rollback(): void {
    this.#dataVersion = undefined;
    if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
  }

  close(): void {
    this.#connection.close();
  }

  #load<R>(rows: Rows<R>, keys: readonly string[][]): void {
    const { table } = rows;
    const statement = this.#statement(selectText(table));
    for (const key of keys) {
      const stored = statement.get(...key);
      rows.fill(key, stored && { row: table.read(stored), version: Number(stored['version'] ?? 0) });
    }
  }

  #insert<R>(rows: Rows<R>): void {
    const { table, inserts } = rows;
    let start = 0;
    for (; start + MANY <= inserts.length; start += MANY) {
      const many = inserts.slice(start, start + MANY);
      this.#statement(insertMany(table)).run(...many.flatMap((row) => table.write(row)));
    }
    for (const row of inserts.slice(start)) this.#statement(insertOne(table)).run(...table.write(row));
  }

  #update<R>(rows: Rows<R>): void {
    const { table } = rows;
    for (const { before, row, version } of rows.updates) {
      const stored = table.write(before);
      const values = table.write(row);
      const changed = values.flatMap((value, index) => (value === stored[index] ? [] : [index]));
      const key = table.keyColumns.map((index) => values[index] ?? null);
      const statement = this.#statement(updateText(table, changed));
      const { changes } = statement.run(...changed.map((index) => values[index] ?? null), ...key, version);
      if (changes !== 1) throw new LostRound(`a row of ${table.name} has changed meanwhile`);
    }
  }

  /** Statements are prepared once: every text is a constant of the program. */
  #statement(text: string): StatementSync {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const made = this.#connection.prepare(text);
    this.#statements.set(text, made);
    return made;
  }
}

/** Rows of open calls and their accounts; all are read anew when there are more, as some are of calls long ended. */
const KEPT_ROWS = 20_000;
/** So many rows go into one statement: a third of the time for each. */
const MANY = 8;

const selectText = memo((table) => {
  const names = [...table.columns.map(({ name }) => name), ...(table.isChangeable ? ['version'] : [])];
  return `SELECT ${names.join(', ')} FROM ${table.name} WHERE ${table.key.map((name) => `${name} = ?`).join(' AND ')}`;
});
const insertOne = memo((table) => insertText(table, 1));
const insertMany = memo((table) => insertText(table, MANY));

function insertText(table: AnyTable, count: number): string {
  const names = table.columns.map(({ name }) => name).join(', ');
  const values = `(${table.columns.map(() => '?').join(', ')})`;
  return `INSERT INTO ${table.name} (${names}) VALUES ${Array.from({ length: count }, () => values).join(', ')}`;
}

/** Only what has changed is written: an index of columns that have not is left alone. */
function updateText(table: AnyTable, changed: readonly number[]): string {
  const set = changed.map((index) => `${table.columns[index]?.name ?? ''} = ?`);
  const key = [...table.key, 'version'].map((name) => `${name} = ?`);
  return `UPDATE ${table.name} SET ${[...set, 'version = version + 1'].join(', ')} WHERE ${key.join(' AND ')}`;
}

/** A text is made once for each table. */
function memo(make: (table: AnyTable) => string): (table: AnyTable) => string {
  const made = new Map<AnyTable, string>();
  return (table) => {
    const known = made.get(table) ?? make(table);
    made.set(table, known);
    return known;
  };
}

type AnyTable = Table<unknown>;
