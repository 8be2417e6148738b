import type { Stop } from '../../core/dayBudget.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';
import type { LimitPause } from '../../protocol/pause.ts';

/**
 * Where a generation that has cost `settled` pauses, and what it may cost besides when it goes on. At its own limit
 * that is `another` as much, on top of one that was too little to begin with; at the budget of the day it is what is
 * left of its own limit.
 */
export function limitPause({ limit, stopsAt, budget }: Stop, settled: Millitokens, another: Millitokens): LimitPause {
  if (budget !== null) return { kind: 'budget', limit: budget, more: millitokens(Math.max(0, limit - settled)) };
  return { kind: 'charge', limit: stopsAt, more: settled === 0 ? millitokens(stopsAt + another) : another };
}
