import { millitokens, type Millitokens } from './tokens.ts';

/**
 * What is left, as people see it: the settled balance minus the live spend. A hold is still theirs until it is settled,
 * so it never makes the number jump. Finished calls of the running message are in `used` already and count once.
 */
export function shownBalance(balance: SettledBalance, live: LiveSpending | null): Millitokens {
  const settledOfIt = Math.max(0, balance.used - (live?.usedBefore ?? 0));
  const unsettled = Math.max(0, (live?.spent ?? 0) - settledOfIt);
  return millitokens(Math.max(0, balance.available + balance.held - unsettled));
}

interface SettledBalance {
  readonly available: Millitokens;
  readonly held: Millitokens;
  readonly used: Millitokens;
}

interface LiveSpending {
  readonly spent: Millitokens;
  /** What the period's charges were when nothing of `spent` was among them. */
  readonly usedBefore: Millitokens;
}
