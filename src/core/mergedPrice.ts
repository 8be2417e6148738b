import type { Estimate } from './estimate.ts';
import { messageOverhead } from './messageOverhead.ts';
import { millitokens, type Millitokens } from './tokens.ts';

interface Range {
  readonly low: Millitokens;
  readonly high: Millitokens;
}

/**
 * What several requests cost in one message and one by one. The work stays the same; the base price of a message and
 * what goes along with it are paid once instead of each time, and counted at the dearest of them.
 */
export function mergedPrice(estimates: readonly Estimate[]): { together: Range; apart: Range; saves: Millitokens } {
  const overheads = estimates.map(messageOverhead);
  const saves = sum(overheads) - Math.max(0, ...overheads);
  const apart = { low: sum(estimates.map(({ low }) => low)), high: sum(estimates.map(({ high }) => high)) };
  // Together can't be cheaper than the dearest of them alone.
  const dearest = {
    low: Math.max(0, ...estimates.map((each) => each.low)),
    high: Math.max(0, ...estimates.map((each) => each.high)),
  };
  return {
    together: {
      low: millitokens(Math.max(dearest.low, apart.low - saves)),
      high: millitokens(Math.max(dearest.high, apart.high - saves)),
    },
    apart: { low: millitokens(apart.low), high: millitokens(apart.high) },
    saves: millitokens(saves),
  };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
