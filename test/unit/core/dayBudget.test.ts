import assert from 'node:assert/strict';
import { chargedSince, dayBudget, stopWithin, type DayBudget } from '../../../src/core/dayBudget.ts';
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

  it('sets aside what answers that are being written may still cost', () => {
    const beside = (setAside: number) => dayBudget(millitokens(20_000), millitokens(10_000), millitokens(setAside));
    assert.deepEqual([beside(5_999).warning, beside(6_000).warning], [null, 'low']);
    assert.deepEqual(beside(9_500), { perDay: 20_000, left: 500, warning: 'low' });
    assert.deepEqual(beside(9_501), { perDay: 20_000, left: 499, warning: 'setAside' });
    assert.deepEqual(beside(12_000), { perDay: 20_000, left: 0, warning: 'setAside' });
  });

  it('ends a message where it ends itself, also one that has cost something', () => {
    const stop = (limit: number, settled: number, today: DayBudget | null) =>
      stopWithin(millitokens(limit), millitokens(settled), today);
    assert.deepEqual(stop(4_000, 0, null), { limit: 4_000, stopsAt: 4_000, budget: null });
    assert.deepEqual(stop(4_000, 0, of20(15_999)), { limit: 4_000, stopsAt: 4_000, budget: null });
    assert.deepEqual(stop(4_000, 0, of20(16_000)), { limit: 4_000, stopsAt: 4_000, budget: 20_000 });
    assert.deepEqual(stop(8_000, 3_000, of20(18_000)), { limit: 8_000, stopsAt: 5_000, budget: 20_000 });
  });

  it('counts what was used since the backend was asked, also in a period that began meanwhile', () => {
    const known = { used: millitokens(90_000), charged: millitokens(3_000) };
    assert.equal(chargedSince(known, millitokens(90_000)), 3_000);
    assert.equal(chargedSince(known, millitokens(91_500)), 4_500);
    assert.equal(chargedSince(known, millitokens(700)), 3_700);
  });

  it('stops every message at what is left, and never lets one cost more than without it', () => {
    const input = { prompt: 'Create a dashboard', contextTokens: 1_000, multiplier: 1 };
    const { stopsAt } = estimate(input);
    assert.equal(estimate({ ...input, budgetLeft: millitokens(1_200) }).stopsAt, 1_200);
    assert.equal(estimate({ ...input, budgetLeft: millitokens(90_000) }).stopsAt, stopsAt);
    assert.equal(estimate({ ...input, cap: millitokens(900), budgetLeft: millitokens(1_200) }).stopsAt, 900);
  });
});
