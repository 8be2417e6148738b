import type { Millitokens } from './tokens.ts';
import { millitokens } from './tokens.ts';

/** How a person's own budget stands on one day: what is left of it, and whether that is little or too little. */
export function dayBudget(perDay: Millitokens, charged: Millitokens): DayBudget {
  const left = millitokens(Math.max(0, perDay - charged));
  const warning = left < SMALLEST_MESSAGE ? 'used' : left <= perDay * LOW_SHARE ? 'low' : null;
  return { perDay, left, warning };
}

/**
 * Where a message stops that may cost `limit` and has cost `settled` so far: there, or sooner, where the budget of the
 * day ends.
 */
export function stopWithin(limit: Millitokens, settled: Millitokens, today: DayBudget | null): Stop {
  const budgetEnds = today ? settled + today.left : Infinity;
  return budgetEnds <= limit
    ? { stopsAt: millitokens(budgetEnds), stopsBy: 'budget' }
    : { stopsAt: limit, stopsBy: 'message' };
}

export interface Stop {
  readonly stopsAt: Millitokens;
  readonly stopsBy: 'message' | 'budget';
}

export interface DayBudget {
  readonly perDay: Millitokens;
  readonly left: Millitokens;
  readonly warning: 'low' | 'used' | null;
}

/** The warning of an allowance comes at the same share (design, section 4). */
const LOW_SHARE = 0.2;
/** The least that a person can let a message cost, by the setting for its maximum: with less nothing is sent. */
const SMALLEST_MESSAGE = 500;
