import type { HoldState } from '../../core/generation.ts';
import { transferKinds, type TransferKind } from '../../core/ledger.ts';
import { requestKinds } from '../../core/requestKind.ts';
import { amount, amountOrNull, decimal, flag, integer, integerOrNull, oneOf, text, textOrNull } from './column.ts';
import { table, type AnyColumn } from './table.ts';

const holdStates: readonly HoldState[] = ['reserved', 'sent', 'settled', 'released'];
const kinds = Object.keys(transferKinds).filter((kind): kind is TransferKind => kind in transferKinds);

const parts = { message_part: amount, prompt_part: amount, context_part: amount, response_part: amount };

/** Every column. Ids are text, amounts are millitokens, instants are milliseconds since 1970 in UTC. */
const columns = {
  accounts: { id: text, email: text, created_at: integer },
  api_keys: {
    id: text,
    account_id: text,
    name: text,
    prefix: text,
    /** SHA-256 of the key in hexadecimal; the key itself is nowhere. */
    hash: text,
    created_at: integer,
    last_used_at: integerOrNull,
    revoked_at: integerOrNull,
    expires_at: integerOrNull,
  },
  /** What a person has been warned of: each once. */
  warnings: {
    id: text,
    account_id: text,
    period_start: integer,
    threshold: oneOf('low', 'very_low', 'empty'),
    told_at: integer,
  },
  /** What the ledger knows of an account. */
  ledger_accounts: {
    account_id: text,
    available: amount,
    held: amount,
    allowance: amount,
    used: amount,
    next_allowance: amount,
    open_holds: integer,
    transfer_count: integer,
    anchor: integer,
    period_start: integer,
    period_end: integer,
    last_event_at: integer,
    frozen: flag,
    carried_allowance: amount,
    carried_used: amount,
    carried_until: integer,
  },
  /** Those that made and ended a call's hold stand in the call's row, as long as it is that hold's. */
  transfers: {
    account_id: text,
    number: integer,
    at: integer,
    kind: oneOf(...kinds),
    amount,
    available: amount,
    held: amount,
    period_start: integer,
    /** The hold that it reserves, settles or releases, or whose rest it expires. */
    hold_id: textOrNull,
    generation_id: textOrNull,
    reason: textOrNull,
    /** What can happen once only: UNIQUE. */
    key: textOrNull,
  },
  /**
   * A call with its hold. A released call that is tried again has a new hold. The first call of a generation has the
   * generation's id, and tells of all of its calls.
   */
  calls: {
    account_id: text,
    id: text,
    generation_id: text,
    body_hash: text,
    created_at: integer,
    model: text,
    /** What was asked for, as far as its price is concerned: estimates learn from it. */
    kind: oneOf(...requestKinds),
    project: textOrNull,
    session: textOrNull,
    multiplier: decimal,
    first_call: flag,
    capped: flag,
    hold_id: text,
    state: oneOf(...holdStates),
    reserved: amount,
    charged: amount,
    delivered: amount,
    period_start: integer,
    owner: text,
    lease_until: integer,
    ended_at: integerOrNull,
    /** What it tells of its hold's transfers. */
    reserve_number: integerOrNull,
    reserve_at: integerOrNull,
    reserve_available: amountOrNull,
    reserve_held: amountOrNull,
    end_number: integerOrNull,
    end_available: amountOrNull,
    end_held: amountOrNull,
    prompt_tokens: integer,
    context_tokens: integer,
    cached_tokens: integer,
    response_tokens: integer,
    ...parts,
    counted: flag,
    recovered: flag,
    /** In a generation's first call: how many of its calls are open and charged, and what they cost together. */
    open_calls: integer,
    settled_calls: integer,
    total_charged: amount,
    /** In a generation's first call: all that the latest charged call sent, in model tokens. */
    sent_tokens: integer,
  },
  subscriptions: {
    account_id: text,
    plan_id: text,
    /** Who takes the money at a renewal. */
    provider: text,
    scheduled_plan_id: textOrNull,
    scheduled_at: integerOrNull,
    /** The start of the period whose renewal has not been paid. */
    unpaid_since: integerOrNull,
    /** How many payments and decisions on refunds it has had. */
    payment_count: integer,
    refunded_at: integerOrNull,
    exported_at: integerOrNull,
    /** The last used project, and how often it was moved in the period that began at `moves_period`. */
    project_id: textOrNull,
    project_moves: integer,
    moves_period: integer,
    /** The payment provider's names for who pays and for the contract. */
    customer_id: textOrNull,
    contract_id: textOrNull,
    /** What the provider has been told is not what it should be. */
    provider_behind: flag,
    /** The sandbox's card pays the first time only, so that a renewal that fails can be played. */
    card_fails: flag,
    /** How many of its apps are up. */
    apps_up: integer,
  },
  /** Apps that are published, or were: the address of one that was is kept for it. */
  publications: {
    account_id: text,
    id: text,
    slug: text,
    name: text,
    project: textOrNull,
    /** The version that is up; 0 if none is. */
    active: integer,
    last_number: integer,
    /** The versions that are kept, as JSON: they change together with which of them is up. */
    versions: text,
    created_at: integer,
    updated_at: integer,
  },
  projects: { account_id: text, id: text, name: text, created_at: integer },
  checkouts: {
    id: text,
    account_id: text,
    plan_id: text,
    previous_plan_id: text,
    /** In the currency's minor unit. */
    amount: integer,
    currency: text,
    state: oneOf('open', 'confirming', 'paid'),
    created_at: integer,
    paid_at: integerOrNull,
  },
  /** The inbox: whatever a payment provider says, once. */
  payment_events: { id: text, kind: text, account_id: text, received_at: integer, body: text },
  invoices: {
    id: text,
    account_id: text,
    plan_id: text,
    previous_plan_id: text,
    kind: oneOf('purchase', 'upgrade', 'renewal'),
    amount: integer,
    currency: text,
    granted: amount,
    paid_at: integer,
    /** The account's payment count with it: which of two is the later one. */
    number: integer,
    /** The period in which it was granted, and the anchor of the one before. */
    period_start: integer,
    anchor_before: integer,
    /** The number of the grant's transfer: what is charged after it is used of it. */
    transfer_number: integer,
  },
  /** At most one for an invoice, which names it. */
  refunds: {
    invoice_id: text,
    account_id: text,
    status: oneOf('approved', 'waiting', 'refused'),
    reason: text,
    requested_at: integer,
    decided_at: integerOrNull,
    /** The provider has been told to give the money back. */
    money_sent: flag,
  },
};

/**
 * Every table as the writer knows it. They are locked and written in this order, the same in every process, the
 * account first: whoever changes anything of an account waits for that row.
 */
export const tables = {
  ledgerAccounts: table('ledger_accounts', ['account_id'], columns.ledger_accounts, 'changes'),
  subscriptions: table('subscriptions', ['account_id'], columns.subscriptions, 'changes'),
  accounts: table('accounts', ['id'], columns.accounts, 'changes'),
  warnings: table('warnings', ['id'], columns.warnings, 'stays'),
  apiKeys: table('api_keys', ['id'], columns.api_keys, 'changes'),
  calls: table('calls', ['account_id', 'id'], columns.calls, 'changes'),
  transfers: table('transfers', ['account_id', 'key'], columns.transfers, 'stays'),
  checkouts: table('checkouts', ['id'], columns.checkouts, 'changes'),
  publications: table('publications', ['account_id', 'id'], columns.publications, 'changes'),
  paymentEvents: table('payment_events', ['id'], columns.payment_events, 'stays'),
  invoices: table('invoices', ['id'], columns.invoices, 'stays'),
  refunds: table('refunds', ['invoice_id'], columns.refunds, 'changes'),
  projects: table('projects', ['account_id', 'id'], columns.projects, 'changes'),
};

export type TableName = keyof typeof tables;

/** A row under the program's names. */
export type Row<Name extends TableName> = ReturnType<(typeof tables)[Name]['read']>;

/** What the query builder knows: columns as they are called and stored. */
export type Tables = { [Name in keyof typeof columns]: StoredRow<(typeof columns)[Name]> };

type StoredRow<Columns extends Record<string, AnyColumn>> = {
  [Name in keyof Columns]: ReturnType<Columns[Name]['read']> extends boolean
    ? number
    : ReturnType<Columns[Name]['read']>;
};
