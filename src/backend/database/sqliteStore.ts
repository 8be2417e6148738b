import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { StoredValue } from './column.ts';
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
    for (const key of keys) {
      const rows: Rows<unknown> = set[key[0]];
      const parts = key.slice(1);
      if (!rows.has(parts)) this.#load(rows, parts);
    }
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

  #load(rows: Rows<unknown>, key: readonly string[]): void {
    const { table } = rows;
    const stored = this.#statement(selectText(table)).get(...key);
    rows.fill(key, stored && { row: table.read(stored), version: Number(stored['version'] ?? 0) });
  }

  #insert<R>(rows: Rows<R>): void {
    const { table, inserts } = rows;
    let start = 0;
    for (const count of AT_ONCE) {
      for (; start + count <= inserts.length; start += count) {
        const values: StoredValue[] = [];
        for (const row of inserts.slice(start, start + count)) values.push(...table.write(row));
        this.#statement(insertText(table, count)).run(...values);
      }
    }
  }

  /** Only what has changed is written: an index of columns that have not is left alone. */
  #update<R>(rows: Rows<R>): void {
    const { table } = rows;
    for (const { before, row, version } of rows.updates) {
      const { columns, values } = table.writeChange(before, row);
      values.push(version);
      const { changes } = this.#statement(updateText(table, columns)).run(...values);
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
const KEPT_ROWS = 4_000;
/** So many rows go into one statement, while there are as many: of 16, each takes a third of the time of one. */
const AT_ONCE = [16, 4, 1];

const selectText = memo((table) => {
  const names = [...table.columns.map(({ name }) => name), ...(table.isChangeable ? ['version'] : [])];
  return `SELECT ${names.join(', ')} FROM ${table.name} WHERE ${table.key.map((name) => `${name} = ?`).join(' AND ')}`;
});

const insertText = memo((table, count: number) => {
  const names = table.columns.map(({ name }) => name).join(', ');
  const values = `(${table.columns.map(() => '?').join(', ')})`;
  return `INSERT INTO ${table.name} (${names}) VALUES ${Array.from({ length: count }, () => values).join(', ')}`;
});

const updateText = memo((table, changed: readonly number[]) => {
  const set = changed.map((index) => `${table.columns[index]?.name ?? ''} = ?`);
  const key = [...table.key, 'version'].map((name) => `${name} = ?`);
  return `UPDATE ${table.name} SET ${[...set, 'version = version + 1'].join(', ')} WHERE ${key.join(' AND ')}`;
});

/** A text is made once for each table and whatever else it depends on. */
function memo<Rest extends readonly unknown[]>(
  make: (table: AnyTable, ...rest: Rest) => string,
): (table: AnyTable, ...rest: Rest) => string {
  const made = new Map<AnyTable, Map<string, string>>();
  return (table, ...rest) => {
    const ofTable = made.get(table) ?? new Map<string, string>();
    const key = rest.join();
    const known = ofTable.get(key) ?? make(table, ...rest);
    made.set(table, ofTable.set(key, known));
    return known;
  };
}

type AnyTable = Table<unknown>;
