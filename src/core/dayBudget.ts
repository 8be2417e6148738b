import type { Millitokens } from './tokens.ts';
import { millitokens } from './tokens.ts';

/**
 * How a person's own budget stands on one day: what is left of it for another message, and whether that is little or
 * too little. `setAside` is what those that are being answered may still cost.
 */
export function dayBudget(perDay: Millitokens, charged: Millitokens, setAside = millitokens(0)): DayBudget {
  const left = millitokens(Math.max(0, perDay - charged - setAside));
  const tooLittle = perDay - charged < SMALLEST_MESSAGE ? 'used' : 'setAside';
  const warning = left < SMALLEST_MESSAGE ? tooLittle : left <= perDay * LOW_SHARE ? 'low' : null;
  return { perDay, left, warning };
}

/**
 * Where a message stops that may cost `limit` and has cost `settled` so far: there, or sooner, where the budget of the
 * day ends.
 */
export function stopWithin(limit: Millitokens, settled: Millitokens, today: DayBudget | null): Stop {
  return today && settled + today.left <= limit
    ? { limit, stopsAt: millitokens(settled + today.left), budget: today.perDay }
    : { limit, stopsAt: limit, budget: null };
}

/**
 * What was charged on a day, as of now: `known` is what the backend told when so much was used in the period, and what
 * was used since came on that day. So it is never too little while the backend is asked anew.
 */
export function chargedSince(known: { used: Millitokens; charged: Millitokens }, used: Millitokens): Millitokens {
  // A new period begins at 0: all that was used in it came since.
  return millitokens(known.charged + (used < known.used ? used : used - known.used));
}

export interface Stop {
  /** The most that the message may cost, whatever the budget of the day. */
  readonly limit: Millitokens;
  readonly stopsAt: Millitokens;
  /** The budget of the day, where it is what stops the message; else null. */
  readonly budget: Millitokens | null;
}

export interface DayBudget {
  readonly perDay: Millitokens;
  readonly left: Millitokens;
  /** `setAside`: too little is left until an answer that is being written has ended. */
  readonly warning: 'low' | 'setAside' | 'used' | null;
}

/** The warning of an allowance comes at the same share (design, section 4). */
const LOW_SHARE = 0.2;
/** The least that a person can let a message cost, by the setting for its maximum: with less nothing is sent. */
const SMALLEST_MESSAGE = 500;
