import type { Millitokens } from './tokens.ts';

export interface PaceInput {
  readonly available: Millitokens;
  readonly used: Millitokens;
  readonly period: { readonly start: string; readonly end: string };
  readonly now: string;
}

/** Before this much of a period has passed, a pace says nothing: one busy hour is not a month. */
const SHORTEST_OBSERVATION_MS = 24 * 60 * 60 * 1000;

/**
 * The instant (ISO, UTC) at which the balance would be used up if spending went on as it did in this period so far;
 * null if it lasts until the period's end, if nothing was spent, or if it is too early to tell.
 */
export function runsOutAt({ available, used, period, now }: PaceInput): string | null {
  const elapsed = Date.parse(now) - Date.parse(period.start);
  if (elapsed < SHORTEST_OBSERVATION_MS) return null;
  // Where nothing was spent, this is no number or beyond all: before no end.
  const runsOut = Date.parse(now) + (available / used) * elapsed;
  return runsOut < Date.parse(period.end) ? new Date(runsOut).toISOString() : null;
}
