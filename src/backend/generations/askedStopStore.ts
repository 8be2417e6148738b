import type { Kysely } from 'kysely';
import type { Reader } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';

/** Which calls are to be stopped by the processes that carry them out, wherever these are. */
export class AskedStopStore {
  readonly #query: Kysely<WithStops>;

  constructor(query: Reader) {
    this.#query = query.$extendTables<{ asked_stops: StoredStop }>();
  }

  /** Asks for the open calls of a generation to be stopped. Answers how many there are. */
  async ask({ accountId, generationId }: { accountId: string; generationId: string }, now: number): Promise<number> {
    const open = await this.#query
      .selectFrom('calls')
      .select('hold_id')
      .where('account_id', '=', accountId)
      .where('generation_id', '=', generationId)
      .where('state', 'in', ['reserved', 'sent'])
      .execute();
    if (open.length === 0) return 0;
    await this.#query
      .insertInto('asked_stops')
      .values(open.map(({ hold_id }) => ({ hold_id, asked_at: now })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return open.length;
  }

  /** The holds of all calls that are to be stopped. */
  async asked(): Promise<string[]> {
    const rows = await this.#query.selectFrom('asked_stops').select('hold_id').execute();
    return rows.map(({ hold_id }) => hold_id);
  }

  async forget(askedBefore: number): Promise<void> {
    await this.#query.deleteFrom('asked_stops').where('asked_at', '<', askedBefore).execute();
  }
}

interface StoredStop {
  readonly hold_id: string;
  readonly asked_at: number;
}

type WithStops = Tables & { asked_stops: StoredStop };
