import type { Kysely } from 'kysely';
import type { Reader } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import type { CallName } from './generations.ts';

/** Pieces of streamed answers in the database, so that any process can give the rest of an answer. */
export class KeptPieceStore {
  readonly #query: Kysely<WithPieces>;

  constructor(query: Reader) {
    this.#query = query.$extendTables<{ kept_pieces: StoredPiece }>();
  }

  /** Adds pieces. One that is there already stays as it is: whoever heard nothing of its success sends it again. */
  async add(pieces: readonly KeptPiece[]): Promise<void> {
    await this.#query
      .insertInto('kept_pieces')
      .values(
        pieces.map(({ name, number, eventsBefore, bytes, isLast }) => ({
          ...{ account_id: name.accountId, generation_id: name.generationId, call_id: name.callId },
          ...{ hold_id: name.holdId, number, events_before: eventsBefore, bytes, is_last: Number(isLast) },
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** Forgets an answer, or all of its generation but this one. */
  async drop({ accountId, generationId, holdId }: CallName, which: 'it' | 'others'): Promise<void> {
    await this.#query
      .deleteFrom('kept_pieces')
      .where('account_id', '=', accountId)
      .where('generation_id', '=', generationId)
      .where('hold_id', which === 'it' ? '=' : '<>', holdId)
      .execute();
  }

  /** The generation's latest answer of which there are pieces. */
  async latest(accountId: string, generationId: string): Promise<CallName | undefined> {
    return this.#query
      .selectFrom('kept_pieces')
      .select(['account_id as accountId', 'generation_id as generationId', 'call_id as callId', 'hold_id as holdId'])
      .where('account_id', '=', accountId)
      .where('generation_id', '=', generationId)
      .orderBy('hold_id', 'desc')
      .limit(1)
      .executeTakeFirst();
  }

  /** The number of the piece that holds the event after so many; of the last one where it has not come yet. */
  async numberAt(name: CallName, events: number): Promise<number> {
    const found = await this.#ofAnswer(name)
      .select(({ fn }) => fn.max('number').as('number'))
      .where('events_before', '<=', events)
      .executeTakeFirst();
    return found?.number ?? 0;
  }

  /** Some of an answer's pieces from this one on, in their order. */
  async read(name: CallName, from: number): Promise<Omit<KeptPiece, 'name'>[]> {
    const rows = await this.#ofAnswer(name)
      .select(['number', 'events_before', 'bytes', 'is_last'])
      .where('number', '>=', from)
      .orderBy('number')
      .limit(READ_AT_ONCE)
      .execute();
    return rows.map(({ number, events_before: eventsBefore, bytes, is_last: isLast }) => {
      return { number, eventsBefore, bytes, isLast: isLast === 1 };
    });
  }

  /** How the call of an answer ended, with its account's balance now; null while it is open. */
  async endOf({ accountId, callId, holdId }: CallName): Promise<EndedCall | null> {
    const found = await this.#query
      .selectFrom('calls')
      .innerJoin('ledger_accounts', 'ledger_accounts.account_id', 'calls.account_id')
      .select(['state', 'recovered', 'charged', 'capped', 'available', 'held'])
      .select(['message_part', 'prompt_part', 'context_part', 'response_part'])
      .where('calls.account_id', '=', accountId)
      .where('calls.id', '=', callId)
      .where('calls.hold_id', '=', holdId)
      .executeTakeFirst();
    if (found === undefined || found.state === 'reserved' || found.state === 'sent') return null;
    const { charged, available, held } = found;
    const { message_part: message, prompt_part: prompt, context_part: context, response_part: response } = found;
    const parts = { message, prompt, context, response };
    return {
      isRecovered: found.recovered === 1,
      charged,
      parts,
      balance: { available, held },
      capped: found.capped === 1,
    };
  }

  /** Forgets the answers whose calls ended before an instant, or are tried anew: what a process that died has left. */
  async sweep(endedBefore: number): Promise<void> {
    await this.#query
      .deleteFrom('kept_pieces')
      .where((where) =>
        where.not(
          where.exists(
            where
              .selectFrom('calls')
              .select('calls.id')
              .whereRef('calls.account_id', '=', 'kept_pieces.account_id')
              .whereRef('calls.id', '=', 'kept_pieces.call_id')
              .whereRef('calls.hold_id', '=', 'kept_pieces.hold_id')
              .where((call) =>
                call.or([call('calls.ended_at', 'is', null), call('calls.ended_at', '>=', endedBefore)]),
              ),
          ),
        ),
      )
      .execute();
  }

  #ofAnswer({ accountId, generationId, holdId }: CallName) {
    return this.#query
      .selectFrom('kept_pieces')
      .where('account_id', '=', accountId)
      .where('generation_id', '=', generationId)
      .where('hold_id', '=', holdId);
  }
}

/** Some events of an answer, as they went to its client. */
export interface KeptPiece {
  readonly name: CallName;
  /** 0 for an answer's first, which may be empty, and so on. */
  readonly number: number;
  /** How many events there are in the pieces before it. */
  readonly eventsBefore: number;
  readonly bytes: Buffer;
  readonly isLast: boolean;
}

export interface EndedCall {
  /** Its process had gone; another charged what was recorded as delivered. */
  readonly isRecovered: boolean;
  readonly charged: number;
  readonly parts: {
    readonly message: number;
    readonly prompt: number;
    readonly context: number;
    readonly response: number;
  };
  readonly balance: { readonly available: number; readonly held: number };
  readonly capped: boolean;
}

/** A piece is a tenth of a second of an answer as a rule: few kilobytes. */
const READ_AT_ONCE = 64;

interface StoredPiece {
  readonly account_id: string;
  readonly generation_id: string;
  readonly call_id: string;
  readonly hold_id: string;
  readonly number: number;
  readonly events_before: number;
  readonly bytes: Buffer;
  readonly is_last: number;
}

type WithPieces = Tables & { kept_pieces: StoredPiece };
