import { Client, type QueryResult } from 'pg';
import { postgresError } from './postgresError.ts';
import type { Rows } from './rows.ts';
import { DatabaseUnavailable, LostRound, type Store } from './store.ts';
import type { StoredValue } from './column.ts';
import type { Table } from './table.ts';
import { wholeNumbers } from './wholeNumbers.ts';
import type { RowKey, WorkingSet } from './workingSet.ts';

/**
 * PostgreSQL as the writer needs it, on a connection of its own. A round is three journeys: begin and read, write,
 * commit; the statements of one travel together, each for many rows.
 */
export class PostgresStore implements Store {
  readonly #url: string;
  #client: Promise<Client> | null = null;

  constructor(url: string) {
    this.#url = url;
  }

  async begin(set: WorkingSet, keys: readonly RowKey[]): Promise<void> {
    set.forget();
    const client = await this.#connected();
    await all([client.query('BEGIN'), ...set.missing(keys).map(([rows, wanted]) => load(client, rows, wanted))]);
  }

  async commit(set: WorkingSet): Promise<void> {
    const client = await this.#connected();
    const changed = set.all.flatMap((rows) => [...update(client, rows), ...insert(client, rows)]);
    await all(changed);
    await all([client.query('COMMIT')]);
    set.settle();
  }

  async rollback(): Promise<void> {
    if (this.#client === null) return;
    const client = await this.#client;
    await client.query('ROLLBACK');
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => null);
    this.#client = null;
    await client?.end();
  }

  /** The connection, made anew after the last was lost. */
  #connected(): Promise<Client> {
    this.#client ??= this.#connect();
    return this.#client;
  }

  async #connect(): Promise<Client> {
    const client = new Client({
      connectionString: this.#url,
      types: wholeNumbers,
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
      pipeline: true,
    });
    const lose = (): void => {
      this.#client = null;
    };
    client.on('error', lose).on('end', lose);
    try {
      await client.connect();
      return client;
    } catch (error) {
      lose();
      throw new DatabaseUnavailable(postgresError(error).message);
    }
  }
}

/** A server that takes longer to let one in is not there. */
const CONNECT_MS = 5_000;

/** Waits for all, since what travels together ends together, and throws the first of them that failed. */
async function all(queries: readonly Promise<unknown>[]): Promise<void> {
  const outcomes = await Promise.allSettled(queries);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw postgresError(failed.reason);
}

async function load<R>(client: Client, rows: Rows<R>, keys: readonly string[][]): Promise<void> {
  const { table } = rows;
  const columns = table.key.map((_, index) => keys.map((key) => key[index] ?? ''));
  const { rows: found }: QueryResult<Record<string, unknown>> = await client.query(selectText(table), columns);
  for (const key of keys) rows.fill(key);
  for (const stored of found) {
    const key = table.key.map((name) => String(stored[name]));
    rows.fill(key, { row: table.read(stored), version: Number(stored['version'] ?? 0) });
  }
}

function insert<R>(client: Client, { table, inserts }: Rows<R>): Promise<unknown>[] {
  if (inserts.length === 0) return [];
  return [client.query(insertText(table), byColumn(inserts.map((row) => table.write(row))))];
}

function update<R>(client: Client, { table, updates }: Rows<R>): Promise<unknown>[] {
  if (updates.length === 0) return [];
  const values = byColumn(updates.map(({ row, version }) => [...table.write(row), version]));
  const changed = client.query(updateText(table), values).then(({ rowCount }) => {
    if (rowCount !== updates.length) throw new LostRound(`a row of ${table.name} has changed meanwhile`);
  });
  return [changed];
}

/** One array for each column, as `unnest` takes them. */
function byColumn(rows: readonly StoredValue[][]): StoredValue[][] {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? null));
}

type AnyTable = Table<unknown>;

/** The account's row is locked, in the order of the accounts, and with it all that is the account's. */
const selectText = prepared((table) => {
  const key = table.key.join(', ');
  const wanted = table.key.map((_, index) => `$${index + 1}::text[]`).join(', ');
  const text = `SELECT * FROM ${table.name} WHERE (${key}) IN (SELECT * FROM unnest(${wanted}))`;
  return table.name === 'ledger_accounts' ? `${text} ORDER BY ${key} FOR UPDATE` : text;
});

const insertText = prepared((table) => {
  const names = table.columns.map(({ name }) => name).join(', ');
  return `INSERT INTO ${table.name} (${names}) SELECT * FROM unnest(${arrays(table)})`;
});

const updateText = prepared((table) => {
  const names = table.columns.map(({ name }) => name);
  const set = names.filter((name) => !table.key.includes(name)).map((name) => `${name} = changed.${name}`);
  const same = [...table.key, 'version'].map((name) => `old.${name} = changed.${name}`).join(' AND ');
  return `UPDATE ${table.name} AS old SET ${set.join(', ')}, version = old.version + 1
    FROM unnest(${arrays(table)}, $${names.length + 1}::bigint[]) AS changed (${names.join(', ')}, version)
    WHERE ${same}`;
});

function arrays(table: AnyTable): string {
  return table.columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ');
}

/** A statement under a name, so that each connection plans it once. */
function prepared(text: (table: AnyTable) => string): (table: AnyTable) => { name: string; text: string } {
  const made = new Map<AnyTable, { name: string; text: string }>();
  return (table) => {
    const known = made.get(table) ?? { name: `${table.name}_${statements++}`, text: text(table) };
    made.set(table, known);
    return known;
  };
}

let statements = 0;
