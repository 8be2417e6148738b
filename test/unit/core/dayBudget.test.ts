import assert from 'node:assert/strict';
import { dayBudget, stopWithin, type DayBudget } from '../../../src/core/dayBudget.ts';
import { estimate } from '../../../src/core/estimate.ts';
import { millitokens } from '../../../src/core/tokens.ts';

const of20 = (charged: number) => dayBudget(millitokens(20_000), millitokens(charged));

describe('a budget for the day', () => {
  it('warns at a fifth left, and is used once no message could be sent for the rest', () => {
    assert.deepEqual(of20(0), { perDay: 20_000, left: 20_000, warning: null });
    assert.deepEqual([of20(15_999).warning, of20(16_000).warning], [null, 'low']);
    assert.deepEqual([of20(19_500).warning, of20(19_501).warning], ['low', 'used']);
    assert.deepEqual(of20(25_000), { perDay: 20_000, left: 0, warning: 'used' });
  });

  it('ends a message where it ends itself, also one that has cost something', () => {
    const stop = (limit: number, settled: number, today: DayBudget | null) =>
      stopWithin(millitokens(limit), millitokens(settled), today);
    assert.deepEqual(stop(4_000, 0, null), { stopsAt: 4_000, stopsBy: 'message' });
    assert.deepEqual(stop(4_000, 0, of20(15_999)), { stopsAt: 4_000, stopsBy: 'message' });
    assert.deepEqual(stop(4_000, 0, of20(16_000)), { stopsAt: 4_000, stopsBy: 'budget' });
    assert.deepEqual(stop(8_000, 3_000, of20(18_000)), { stopsAt: 5_000, stopsBy: 'budget' });
  });

  it('stops every message at what is left, and never lets one cost more than without it', () => {
    const input = { prompt: 'Create a dashboard', contextTokens: 1_000, multiplier: 1 };
    const { stopsAt } = estimate(input);
    assert.equal(estimate({ ...input, budgetLeft: millitokens(1_200) }).stopsAt, 1_200);
    assert.equal(estimate({ ...input, budgetLeft: millitokens(90_000) }).stopsAt, stopsAt);
    assert.equal(estimate({ ...input, cap: millitokens(900), budgetLeft: millitokens(1_200) }).stopsAt, 900);
  });
});
