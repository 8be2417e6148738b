import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { connectSqlite } from './connectSqlite.ts';
import type { SqliteCommits, SqliteInserts, SqliteRound, SqliteUpdate } from './sqliteCommits.ts';
import { LostRound } from './store.ts';
import type { Table } from './table.ts';
import { tables } from './tables.ts';

/** Commits on a connection of its own, and waits for the disk. */
export class SqliteConnection implements SqliteCommits {
  readonly queues = false;
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  /** A round has failed: those behind it were carried out on what it would have left. */
  #hasFailed = false;

  constructor(file: string) {
    this.#connection = connectSqlite(file);
  }

  dataVersion(): number {
    this.#hasFailed = false;
    return this.#readDataVersion();
  }

  commit({ dataVersion, inserts, updates }: SqliteRound): void {
    if (this.#hasFailed) throw new LostRound('the round before has failed');
    const writes = inserts.length + updates.length > 0;
    try {
      if (writes) this.#statement('BEGIN IMMEDIATE').run();
      if (this.#readDataVersion() !== dataVersion) throw new LostRound('others have committed meanwhile');
      for (const update of updates) this.#update(update);
      for (const insert of inserts) this.#insert(insert);
      if (writes) this.#statement('COMMIT').run();
    } catch (error) {
      this.#hasFailed = true;
      if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#connection.close();
  }

  #readDataVersion(): number {
    return Number(this.#statement('PRAGMA data_version').get()?.['data_version']);
  }

  #insert({ table: name, values }: SqliteInserts): void {
    const table: AnyTable = tables[name];
    const width = table.columns.length;
    let start = 0;
    for (const count of AT_ONCE) {
      const size = count * width;
      for (; start + size <= values.length; start += size) {
        this.#statement(insertText(table, count)).run(...values.slice(start, start + size));
      }
    }
  }

  /** Only what has changed is written: an index of columns that have not is left alone. */
  #update({ table: name, columns, values }: SqliteUpdate): void {
    const table: AnyTable = tables[name];
    const { changes } = this.#statement(updateText(table, columns)).run(...values);
    if (changes !== 1) throw new LostRound(`a row of ${table.name} has changed meanwhile`);
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

/** So many rows go into one statement, while there are as many: of 16, each takes a third of the time of one. */
const AT_ONCE = [16, 4, 1];

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

/** A text is made once for each table and what else it depends on. */
function memo<Rest>(make: (table: AnyTable, rest: Rest) => string): (table: AnyTable, rest: Rest) => string {
  const made = new Map<AnyTable, Map<string, string>>();
  return (table, rest) => {
    const ofTable = made.get(table) ?? new Map<string, string>();
    const key = String(rest);
    const known = ofTable.get(key) ?? make(table, rest);
    made.set(table, ofTable.set(key, known));
    return known;
  };
}

type AnyTable = Table<unknown>;
