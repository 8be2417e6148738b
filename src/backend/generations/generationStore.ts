import type { GenerationState, HoldState } from '../../core/generation.ts';
import type { ChargeParts, Usage } from '../../core/rateCard.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';
import { integer, text, type Row } from '../database/row.ts';
import type { Transaction } from '../database/transaction.ts';

/** The SQL of generations and their calls. Holds are the ledger's; a call names its latest. */
export const generationStore = {
  call(tx: Transaction, accountId: string, callId: string): StoredCall | undefined {
    const row = tx.get(
      `SELECT calls.*, holds.state, holds.charged FROM calls JOIN holds ON holds.id = calls.hold_id
       WHERE calls.account_id = ? AND calls.id = ?`,
      accountId,
      callId,
    );
    return row && callOf(row);
  },

  callOfHold(tx: Transaction, holdId: string): StoredCall | undefined {
    const row = tx.get(
      `SELECT calls.*, holds.state, holds.charged FROM calls JOIN holds ON holds.id = calls.hold_id
       WHERE calls.hold_id = ?`,
      holdId,
    );
    return row && callOf(row);
  },

  exists(tx: Transaction, accountId: string, generationId: string): boolean {
    return tx.get('SELECT 1 FROM generations WHERE account_id = ? AND id = ?', accountId, generationId) !== undefined;
  },

  /** Everything that the generation's latest charged call sent, in model tokens; 0 if there was none. */
  previousPromptTokens(tx: Transaction, accountId: string, generationId: string): number {
    const row = tx.get(
      `SELECT prompt_tokens + context_tokens + cached_tokens AS sent FROM calls JOIN holds ON holds.id = calls.hold_id
       WHERE calls.account_id = ? AND calls.generation_id = ? AND holds.state = 'settled'
       ORDER BY calls.created_at DESC, calls.hold_id DESC LIMIT 1`,
      accountId,
      generationId,
    );
    return row === undefined ? 0 : integer(row, 'sent');
  },

  openGeneration(tx: Transaction, generation: NewGeneration): void {
    tx.run(
      `INSERT INTO generations (account_id, id, state, created_at, model, project, session)
       VALUES (?, ?, 'open', ?, ?, ?, ?) ON CONFLICT (account_id, id) DO UPDATE SET state = 'open'`,
      generation.accountId,
      generation.id,
      tx.now,
      generation.model,
      generation.project,
      generation.session,
    );
  },

  /** The call, or its next try after a release: the counts start again. */
  putCall(tx: Transaction, call: NewCall): void {
    tx.run(
      `INSERT INTO calls (account_id, id, generation_id, hold_id, body_hash, created_at, multiplier, first_call, capped)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)
       ON CONFLICT (account_id, id) DO UPDATE SET hold_id = excluded.hold_id, created_at = excluded.created_at,
         multiplier = excluded.multiplier, prompt_tokens = 0, context_tokens = 0, cached_tokens = 0,
         response_tokens = 0, message_part = 0, prompt_part = 0, context_part = 0, response_part = 0, counted = 0,
         recovered = 0, capped = 0`,
      call.accountId,
      call.id,
      call.generationId,
      call.holdId,
      call.bodyHash,
      tx.now,
      call.multiplier,
      Number(call.firstCall),
    );
  },

  setCapped(tx: Transaction, holdId: string): void {
    tx.run('UPDATE calls SET capped = 1 WHERE hold_id = ?', holdId);
  },

  recordUsage(tx: Transaction, holdId: string, used: RecordedUsage): void {
    tx.run(
      `UPDATE calls SET prompt_tokens = ?, context_tokens = ?, cached_tokens = ?, response_tokens = ?, message_part = ?,
         prompt_part = ?, context_part = ?, response_part = ?, counted = ? WHERE hold_id = ?`,
      used.usage.promptTokens,
      used.usage.contextTokens,
      used.usage.cachedTokens,
      used.usage.responseTokens,
      used.parts.message,
      used.parts.prompt,
      used.parts.context,
      used.parts.response,
      Number(used.counted),
      holdId,
    );
  },

  recordedUsage(tx: Transaction, holdId: string): RecordedUsage {
    const row = tx.get('SELECT * FROM calls WHERE hold_id = ?', holdId);
    if (row === undefined) throw new Error('a hold without its call');
    const usage = {
      promptTokens: integer(row, 'prompt_tokens'),
      contextTokens: integer(row, 'context_tokens'),
      cachedTokens: integer(row, 'cached_tokens'),
      responseTokens: integer(row, 'response_tokens'),
      firstCall: integer(row, 'first_call') === 1,
    };
    return { usage, parts: partsOf(row), counted: integer(row, 'counted') === 1 };
  },

  /** A released call used nothing. */
  clearUsage(tx: Transaction, holdId: string): void {
    tx.run(
      `UPDATE calls SET prompt_tokens = 0, context_tokens = 0, cached_tokens = 0, response_tokens = 0, message_part = 0,
         prompt_part = 0, context_part = 0, response_part = 0, counted = 0 WHERE hold_id = ?`,
      holdId,
    );
  },

  setRecovered(tx: Transaction, holdId: string): void {
    tx.run('UPDATE calls SET recovered = 1 WHERE hold_id = ?', holdId);
  },

  holdStates(tx: Transaction, accountId: string, generationId: string): HoldState[] {
    return tx
      .all(
        `SELECT holds.state FROM calls JOIN holds ON holds.id = calls.hold_id
         WHERE calls.account_id = ? AND calls.generation_id = ?`,
        accountId,
        generationId,
      )
      .map(stateOf);
  },

  /** Adds what a call cost and sets the state that its calls make. */
  addCharge(tx: Transaction, generation: GenerationCharge): void {
    const { accountId, id, charged, parts, state } = generation;
    tx.run(
      `UPDATE generations SET charged = charged + ?, message_part = message_part + ?, prompt_part = prompt_part + ?,
         context_part = context_part + ?, response_part = response_part + ?, state = ? WHERE account_id = ? AND id = ?`,
      charged,
      parts.message,
      parts.prompt,
      parts.context,
      parts.response,
      state,
      accountId,
      id,
    );
  },
};

export interface StoredCall {
  readonly accountId: string;
  readonly id: string;
  readonly generationId: string;
  readonly holdId: string;
  readonly bodyHash: string;
  readonly capped: boolean;
  readonly state: HoldState;
  readonly charged: Millitokens;
  readonly parts: ChargeParts;
}

export interface NewGeneration {
  readonly accountId: string;
  readonly id: string;
  readonly model: string;
  readonly project: string | null;
  readonly session: string | null;
}

export interface NewCall {
  readonly accountId: string;
  readonly id: string;
  readonly generationId: string;
  readonly holdId: string;
  readonly bodyHash: string;
  readonly multiplier: number;
  readonly firstCall: boolean;
}

export interface RecordedUsage {
  readonly usage: Usage;
  readonly parts: ChargeParts;
  /** The provider reported no usage, so we counted. */
  readonly counted: boolean;
}

export interface GenerationCharge {
  readonly accountId: string;
  readonly id: string;
  readonly charged: Millitokens;
  readonly parts: ChargeParts;
  readonly state: GenerationState;
}

const states: readonly HoldState[] = ['reserved', 'sent', 'settled', 'released'];

function stateOf(row: Row): HoldState {
  const state = states.find((each) => each === row['state']);
  if (state === undefined) throw new TypeError('a hold is in no state');
  return state;
}

function callOf(row: Row): StoredCall {
  return {
    accountId: text(row, 'account_id'),
    id: text(row, 'id'),
    generationId: text(row, 'generation_id'),
    holdId: text(row, 'hold_id'),
    bodyHash: text(row, 'body_hash'),
    capped: integer(row, 'capped') === 1,
    state: stateOf(row),
    charged: millitokens(integer(row, 'charged')),
    parts: partsOf(row),
  };
}

function partsOf(row: Row): ChargeParts {
  return {
    message: millitokens(integer(row, 'message_part')),
    prompt: millitokens(integer(row, 'prompt_part')),
    context: millitokens(integer(row, 'context_part')),
    response: millitokens(integer(row, 'response_part')),
  };
}
