import { Client, type QueryResult } from 'pg';
import { arrayLiteral } from './arrayLiteral.ts';
import type { StoredValue } from './column.ts';
import { postgresError } from './postgresError.ts';
import { postgresStatements, postgresUpdate } from './postgresStatements.ts';
import type { Rows } from './rows.ts';
import { DatabaseUnavailable, LostRound, type Store } from './store.ts';
import { wholeNumbers } from './wholeNumbers.ts';
import type { RowKey, WorkingSet } from './workingSet.ts';

/**
 * PostgreSQL as the writer needs it, on a connection of its own. A round is two journeys: begin and read, write and
 * commit; the statements of one travel together. One that fails fails those behind it, the commit too.
 */
export class PostgresStore implements Store {
  readonly #url: string;
  #client: Client | null = null;
  #rounds = 0;

  constructor(url: string) {
    this.#url = url;
  }

  /** Its rows are locked by the transaction that reads them, and there is one at a time. */
  canFollow(): boolean {
    return false;
  }

  async begin(set: WorkingSet, keys: readonly RowKey[]): Promise<void> {
    set.forget();
    this.#rounds += 1;
    this.#client ??= await this.#connect();
    const begun = this.#client.query('BEGIN');
    await all([begun, ...set.missing(keys).map(([rows, wanted]) => this.#load(rows, wanted))]);
  }

  async commit(set: WorkingSet): Promise<void> {
    const writes = set.all.flatMap((rows) => [...this.#update(rows), ...this.#insert(rows)]);
    set.settle();
    const outcomes = await all([...writes, this.#send({ text: 'COMMIT' })]);
    if (outcomes.at(-1)?.command !== 'COMMIT') throw new LostRound('the transaction had failed');
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
    const values = table.key.map((_, index) => arrayLiteral(keys.map((key) => key[index] ?? '')));
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
    const rows = inserts.map((row) => table.write(row));
    const values = table.columns.map((_, index) => columnOf(rows, index));
    return [this.#send({ name: `insert_${table.name}`, text: postgresStatements(table).insert, values })];
  }

  #update<R>({ table, updates }: Rows<R>): Promise<QueryResult>[] {
    if (updates.length === 0) return [];
    const changed = new Set(updates.flatMap(({ before, row }) => table.writeChange(before, row).columns));
    const { name, text, columns } = postgresUpdate(
      table,
      [...changed].sort((one, other) => one - other),
    );
    const rows = updates.map(({ row }) => table.write(row));
    const versions = arrayLiteral(updates.map(({ version }) => version));
    return [
      this.#send({ name, text, values: [...columns.map((index) => columnOf(rows, index)), versions, rows.length] }),
    ];
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

/** One column of many rows, as `unnest` takes it. */
function columnOf(rows: readonly StoredValue[][], index: number): string {
  return arrayLiteral(rows.map((row) => row[index] ?? null));
}
