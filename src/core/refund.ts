import { millitokens, type Millitokens } from './tokens.ts';

/** Money back for the latest payment (design, section 4). */
export const refund = { decide, leftAfterUpgrade, leftAfterPurchase };

/**
 * Whether a payment is given back. `refused` only outside 168 hours or if there is nothing to refund, as nothing was
 * paid or the plan was given; `approved` by itself if little was used, nothing was exported and none was in the last
 * 365 days; else a person looks at it.
 */
function decide(payment: RefundFacts | 'nothing_paid' | 'given', now: number): RefundDecision {
  if (typeof payment === 'string') return { status: 'refused', reason: payment };
  if (now - payment.paidAt > WITHIN_MS) return { status: 'refused', reason: 'too_late' };
  const { granted, used, exportedAt, refundedAt } = payment;
  if (payment.isOnHold) return { status: 'waiting', reason: 'on_hold' };
  if (used * 100 > granted * MOST_USED_PERCENT) return { status: 'waiting', reason: 'used' };
  if (exportedAt !== null && exportedAt >= payment.paidAt) return { status: 'waiting', reason: 'exported' };
  if (refundedAt !== null && now - refundedAt < ONCE_IN_MS) return { status: 'waiting', reason: 'refunded_before' };
  return { status: 'approved', reason: 'little_used' };
}

/** What is known of the latest paid invoice. Instants are milliseconds since 1970 in UTC. */
export interface RefundFacts {
  readonly paidAt: number;
  /** What the payment granted. */
  readonly granted: Millitokens;
  /** Charges and open holds since the payment. */
  readonly used: Millitokens;
  /** The latest export, and the latest refund of any payment. */
  readonly exportedAt: number | null;
  readonly refundedAt: number | null;
  /** The payment is disputed with the bank: the money may be back already. */
  readonly isOnHold: boolean;
}

export type RefundDecision =
  | { readonly status: 'approved'; readonly reason: 'little_used' }
  | { readonly status: 'waiting'; readonly reason: 'used' | 'exported' | 'refunded_before' | 'on_hold' }
  | { readonly status: 'refused'; readonly reason: 'nothing_paid' | 'given' | 'too_late' };

/**
 * What is left after an upgrade is given back: what came before it was used first, so that nobody is better off than
 * without it.
 */
function leftAfterUpgrade(available: Millitokens, granted: Millitokens): Millitokens {
  return millitokens(Math.max(0, available - granted));
}

/**
 * What is left after a purchase is given back: as much of the allowance of Free, or of what was given before, as all
 * charges since that period began have left, and never more than there is: a refund never grants.
 */
function leftAfterPurchase(
  available: Millitokens,
  free: { readonly allowance: Millitokens; readonly charged: Millitokens },
): Millitokens {
  return millitokens(Math.min(available, Math.max(0, free.allowance - free.charged)));
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** A week to find out that it isn't for you. */
const WITHIN_MS = 7 * DAY_MS;
/** Enough to have tried it, too little to have made use of it. */
const MOST_USED_PERCENT = 10;
/** Changing one's mind once a year is no business model. */
const ONCE_IN_MS = 365 * DAY_MS;
