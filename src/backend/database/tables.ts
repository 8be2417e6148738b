import type { HoldState, GenerationState } from '../../core/generation.ts';
import type { TransferKind } from '../../core/ledger.ts';

/**
 * Every table. Ids are text, amounts are millitokens, instants are milliseconds since 1970 in UTC, flags are 0 and 1:
 * types that SQLite and PostgreSQL store alike.
 */
export interface Tables {
  accounts: { id: string; email: string; created_at: number };
  api_keys: {
    id: string;
    account_id: string;
    name: string;
    prefix: string;
    /** SHA-256 of the key in hexadecimal; the key itself is nowhere. */
    hash: string;
    created_at: number;
    last_used_at: number | null;
    revoked_at: number | null;
  };
  /** What the ledger knows of an account: the two rows, the period they are for, and what the next one grants. */
  ledger_accounts: {
    account_id: string;
    anchor: number;
    period_start: number;
    period_end: number;
    available: number;
    held: number;
    allowance: number;
    used: number;
    next_allowance: number;
    last_hold: number;
    last_event_at: number;
    frozen: number;
  };
  transfers: {
    id: string;
    account_id: string;
    at: number;
    kind: TransferKind;
    amount: number;
    /** The rows after the transfer. */
    available: number;
    held: number;
    period_start: number;
    hold_id: string | null;
    generation_id: string | null;
    reason: string | null;
    /** What can happen once only: UNIQUE. */
    key: string | null;
  };
  holds: {
    id: string;
    account_id: string;
    generation_id: string;
    state: HoldState;
    amount: number;
    charged: number;
    /** What the caller has been sent so far is worth; charged if this process dies. */
    delivered: number;
    period_start: number;
    owner: string;
    lease_until: number;
    created_at: number;
    ended_at: number | null;
  };
  generations: {
    account_id: string;
    id: string;
    state: GenerationState;
    created_at: number;
    model: string;
    project: string | null;
    session: string | null;
    charged: number;
    message_part: number;
    prompt_part: number;
    context_part: number;
    response_part: number;
  };
  calls: {
    account_id: string;
    id: string;
    generation_id: string;
    /** The hold of the latest try. */
    hold_id: string;
    body_hash: string;
    created_at: number;
    multiplier: number;
    first_call: number;
    capped: number;
    prompt_tokens: number;
    context_tokens: number;
    cached_tokens: number;
    response_tokens: number;
    message_part: number;
    prompt_part: number;
    context_part: number;
    response_part: number;
    counted: number;
    recovered: number;
  };
  subscriptions: {
    account_id: string;
    plan_id: string;
    /** Who takes the money at a renewal. */
    provider: string;
    scheduled_plan_id: string | null;
    scheduled_at: number | null;
  };
  checkouts: {
    id: string;
    account_id: string;
    plan_id: string;
    previous_plan_id: string;
    amount: number;
    currency: string;
    state: 'open' | 'confirming' | 'paid';
    created_at: number;
    paid_at: number | null;
  };
  /** The inbox: whatever a payment provider says, once. */
  payment_events: { id: string; kind: string; account_id: string; received_at: number; body: string };
  invoices: {
    id: string;
    account_id: string;
    plan_id: string;
    previous_plan_id: string;
    kind: 'purchase' | 'upgrade' | 'renewal';
    amount: number;
    currency: string;
    granted: number;
    paid_at: number;
  };
}
