import assert from 'node:assert/strict';
import { dayBudget, stopWithin } from '../../../../src/core/dayBudget.ts';
import { millitokens } from '../../../../src/core/tokens.ts';
import { limitPause } from '../../../../src/extension/chat/limitPause.ts';

describe('a pause at a limit', () => {
  const none = millitokens(0);
  const limit = millitokens(4_000);
  const another = millitokens(4_000);
  const today = dayBudget(millitokens(20_000), millitokens(18_500));

  it('at the message’s own offers as much again', () => {
    const pause = limitPause(stopWithin(limit, none, null), millitokens(3_900), another);
    assert.deepEqual(pause, { kind: 'charge', limit: 4_000, more: 4_000 });
  });

  it('at one that was too little to begin with offers more than that, each time', () => {
    assert.equal(limitPause(stopWithin(limit, none, null), none, another).more, 8_000);
    assert.equal(limitPause(stopWithin(millitokens(8_000), none, null), none, another).more, 12_000);
  });

  it('at the budget of the day goes on for what is left of the message’s own, and names the budget that made it', () => {
    const stop = stopWithin(limit, none, today);
    assert.deepEqual(stop, { limit: 4_000, stopsAt: 1_500, budget: 20_000 });
    assert.deepEqual(limitPause(stop, millitokens(1_400), another), { kind: 'budget', limit: 20_000, more: 2_600 });
    assert.deepEqual(limitPause(stop, millitokens(4_100), another), { kind: 'budget', limit: 20_000, more: 0 });
  });
});
