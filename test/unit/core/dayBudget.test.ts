import assert from 'node:assert/strict';
import { dayBudget } from '../../../src/core/dayBudget.ts';
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

  it('stops every message at what is left, and never lets one cost more than without it', () => {
    const input = { prompt: 'Create a dashboard', contextTokens: 1_000, multiplier: 1 };
    const { stopsAt } = estimate(input);
    assert.equal(estimate({ ...input, budgetLeft: millitokens(1_200) }).stopsAt, 1_200);
    assert.equal(estimate({ ...input, budgetLeft: millitokens(90_000) }).stopsAt, stopsAt);
    assert.equal(estimate({ ...input, cap: millitokens(900), budgetLeft: millitokens(1_200) }).stopsAt, 900);
  });
});
