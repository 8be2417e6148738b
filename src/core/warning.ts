import type { Millitokens } from './tokens.ts';

export type BalanceWarning = 'low' | 'very_low' | 'empty';

/** Of the allowance, in percent: early enough to finish what one is at (design, section 4). */
const LOW_PERCENT = 20;
const VERY_LOW_PERCENT = 5;

/**
 * What to warn of, or null. What is left is available and held together, so that a hold never makes a warning jump.
 * Empty is a balance that can't buy `smallestHold`, the smallest hold of the cheapest model.
 */
export function warningFor(balance: {
  readonly available: Millitokens;
  readonly held: Millitokens;
  readonly allowance: Millitokens;
  readonly smallestHold: Millitokens;
}): BalanceWarning | null {
  const left = balance.available + balance.held;
  if (left < balance.smallestHold) return 'empty';
  if (isAtMost(left, VERY_LOW_PERCENT, balance.allowance)) return 'very_low';
  return isAtMost(left, LOW_PERCENT, balance.allowance) ? 'low' : null;
}

/** In integers: a quotient could round a balance over its threshold. */
function isAtMost(left: number, percent: number, allowance: number): boolean {
  return BigInt(left) * 100n <= BigInt(allowance) * BigInt(percent);
}
