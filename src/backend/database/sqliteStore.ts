import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { StoredValue } from './column.ts';
import { connectSqlite } from './connectSqlite.ts';
import type { Rows } from './rows.ts';
import type { SqliteCommits, SqliteInserts, SqliteUpdate } from './sqliteCommits.ts';
import type { Store } from './store.ts';
import type { Table } from './table.ts';
import { tables } from './tables.ts';
import type { RowKey, WorkingSet } from './workingSet.ts';

/**
 * SQLite as the writer needs it. Rows are read here, on a connection of its own, and stay known from round to round
 * while nobody else has committed, so that a balance is read once and not for every call; whether that is still so is
 * seen by the commit, in its transaction.
 */
export class SqliteStore implements Store {
  readonly #reader: DatabaseSync;
  readonly #commits: SqliteCommits;
  readonly #selects = new Map<Table<unknown>, StatementSync>();
  /** Null while nothing that was read is known to be true. */
  #dataVersion: number | null = null;

  constructor(file: string, commits: SqliteCommits) {
    this.#reader = connectSqlite(file);
    this.#commits = commits;
  }

  /** What is on its way may not be forgotten. */
  canFollow(set: WorkingSet): boolean {
    return this.#commits.queues && this.#dataVersion !== null && set.size <= KEPT_ROWS;
  }

  async begin(set: WorkingSet, keys: readonly RowKey[]): Promise<void> {
    if (this.#dataVersion === null || set.size > KEPT_ROWS) set.forget();
    // First the version, then the rows: a commit in between is noticed.
    this.#dataVersion ??= await this.#commits.dataVersion();
    for (const [name, ...key] of keys) {
      const rows: Rows<unknown> = set[name];
      if (!rows.has(key)) this.#load(rows, key);
    }
  }

  async commit(set: WorkingSet): Promise<void> {
    const { updates, inserts } = writesOf(set);
    const dataVersion = this.#dataVersion ?? -1;
    set.settle();
    await this.#commits.commit({ dataVersion, updates, inserts });
  }

  rollback(): void {
    this.#dataVersion = null;
  }

  async close(): Promise<void> {
    this.#reader.close();
    await this.#commits.close();
  }

  #load(rows: Rows<unknown>, key: readonly string[]): void {
    const { table } = rows;
    let select = this.#selects.get(table);
    if (select === undefined) this.#selects.set(table, (select = this.#reader.prepare(selectText(table))));
    const stored = select.get(...key);
    rows.fill(key, stored && { row: table.read(stored), version: Number(stored['version'] ?? 0) });
  }
}

/** Rows of open calls and their accounts; all are read anew when there are more, as some are of calls long ended. */
const KEPT_ROWS = 4_000;

function writesOf(set: WorkingSet): { updates: SqliteUpdate[]; inserts: SqliteInserts[] } {
  const updates: SqliteUpdate[] = [];
  const inserts: SqliteInserts[] = [];
  for (const name of set.names) {
    const rows: Rows<unknown> = set[name];
    const table: Table<unknown> = tables[name];
    for (const { before, row, version } of rows.updates) {
      const { columns, values } = table.writeChange(before, row);
      values.push(version);
      updates.push({ table: name, columns, values });
    }
    const added = rows.inserts;
    if (added.length === 0) continue;
    const values: StoredValue[] = [];
    for (const row of added) values.push(...table.write(row));
    inserts.push({ table: name, values });
  }
  return { updates, inserts };
}

function selectText(table: Table<unknown>): string {
  const names = [...table.columns.map(({ name }) => name), ...(table.isChangeable ? ['version'] : [])];
  return `SELECT ${names.join(', ')} FROM ${table.name} WHERE ${table.key.map((name) => `${name} = ?`).join(' AND ')}`;
}
