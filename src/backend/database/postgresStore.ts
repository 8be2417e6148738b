import { Client, type QueryResult } from 'pg';
import type { StoredValue } from './column.ts';
import { postgresError } from './postgresError.ts';
import { postgresStatements } from './postgresStatements.ts';
import type { Rows } from './rows.ts';
import { DatabaseUnavailable, LostRound, type Store } from './store.ts';
import { wholeNumbers } from './wholeNumbers.ts';
import type { RowKey, WorkingSet } from './workingSet.ts';

/**
 * PostgreSQL as the writer needs it, on a connection of its own. A round is three journeys: begin and read, write,
 * commit; the statements of one travel together.
 */
export class PostgresStore implements Store {
  readonly #url: string;
  #client: Client | null = null;
  #rounds = 0;

  constructor(url: string) {
    this.#url = url;
  }

  async begin(set: WorkingSet, keys: readonly RowKey[]): Promise<void> {
    set.forget();
    this.#rounds += 1;
    this.#client ??= await this.#connect();
    const begun = this.#client.query('BEGIN');
    await all([begun, ...set.missing(keys).map(([rows, wanted]) => this.#load(rows, wanted))]);
  }

  async commit(set: WorkingSet): Promise<void> {
    await all(set.all.flatMap((rows) => [...this.#update(rows), ...this.#insert(rows)]));
    const [outcome] = await all([this.#send({ text: 'COMMIT' })]);
    if (outcome?.command !== 'COMMIT') throw new LostRound('the transaction had failed');
    set.settle();
  }

  async rollback(): Promise<void> {
    await this.#client?.query('ROLLBACK');
  }

  async close(): Promise<void> {
    await this.#client?.end();
    this.#client = null;
  }

  async #load<R>(rows: Rows<R>, keys: readonly string[][]): Promise<QueryResult> {
    const { table } = rows;
    const values = table.key.map((_, index) => keys.map((key) => key[index] ?? ''));
    const text = postgresStatements(table).select;
    const found = await this.#send({ name: `select_${table.name}`, text, values });
    for (const key of keys) rows.fill(key);
    for (const stored of found.rows) {
      const key = table.key.map((name) => String(stored[name]));
      rows.fill(key, { row: table.read(stored), version: Number(stored['version'] ?? 0) });
    }
    return found;
  }

  #insert<R>({ table, inserts }: Rows<R>): Promise<QueryResult>[] {
    if (inserts.length === 0) return [];
    const values = byColumn(inserts.map((row) => table.write(row)));
    return [this.#send({ name: `insert_${table.name}`, text: postgresStatements(table).insert, values })];
  }

  #update<R>({ table, updates }: Rows<R>): Promise<QueryResult>[] {
    if (updates.length === 0) return [];
    const values = byColumn(updates.map(({ row, version }) => [...table.write(row), version]));
    const sent = this.#send({ name: `update_${table.name}`, text: postgresStatements(table).update, values });
    const checked = sent.then((result) => {
      if (result.rowCount === updates.length) return result;
      throw new LostRound(`a row of ${table.name} has changed meanwhile`);
    });
    return [checked];
  }

  /**
   * Sends a statement on the connection of this round; a connection that was lost took its transaction with it. A
   * statement is planned once, and again whenever twice as many rounds have been: a plan that was best while the
   * tables were small reads them whole when they are large.
   */
  #send(query: { name?: string; text: string; values?: unknown[] }): Promise<QueryResult<Record<string, unknown>>> {
    if (this.#client === null) return Promise.reject(new DatabaseUnavailable('the connection was lost'));
    const planned = query.name === undefined ? {} : { name: `${query.name}_${Math.floor(Math.log2(this.#rounds))}` };
    return this.#client.query({ ...query, ...planned });
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
      if (this.#client === client) this.#client = null;
    };
    client.on('error', lose).on('end', lose);
    try {
      await client.connect();
      return client;
    } catch (error) {
      throw new DatabaseUnavailable(postgresError(error).message);
    }
  }
}

/** A server that takes longer to let one in is not there. */
const CONNECT_MS = 5_000;

/** Waits for all, since what travels together ends together, and throws the first of them that failed. */
async function all(queries: readonly Promise<QueryResult>[]): Promise<QueryResult[]> {
  const outcomes = await Promise.allSettled(queries);
  return outcomes.map((outcome) => {
    if (outcome.status === 'fulfilled') return outcome.value;
    throw postgresError(outcome.reason);
  });
}

/** One array for each column, as `unnest` takes them. */
function byColumn(rows: readonly StoredValue[][]): StoredValue[][] {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? null));
}
