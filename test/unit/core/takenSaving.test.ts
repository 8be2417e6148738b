import assert from 'node:assert/strict';
import { charge, defaultRateCard } from '../../../src/core/rateCard.ts';
import { savedBy } from '../../../src/core/takenSaving.ts';
import { millitokens } from '../../../src/core/tokens.ts';

describe('what taken advice saved', () => {
  const receipt = { charged: millitokens(1_200), calls: 3, multiplier: 2 };

  it('of a batch: the base price and what went along, for each request but one', () => {
    const one = savedBy({ kind: 'batch', requests: 2, contextTokens: 4_000 }, receipt, defaultRateCard);
    assert.equal(one, 250 + 2 * 80);
    assert.equal(savedBy({ kind: 'batch', requests: 4, contextTokens: 4_000 }, receipt, defaultRateCard), 3 * one);
  });

  it('of a new chat: the history, fresh in the first call and again in the others', () => {
    const usage = { promptTokens: 0, responseTokens: 0, firstCall: true };
    const along = (context: number) =>
      charge({ ...usage, contextTokens: 1_000 + context, cachedTokens: 2 * context }, 2, defaultRateCard).total;
    const saved = savedBy({ kind: 'start-fresh', historyTokens: 20_000 }, receipt, defaultRateCard);
    assert.equal(saved, along(20_000) - along(0));
  });

  it('of a roll back: what the fixes would have cost beyond the new try, never less than nothing', () => {
    const instead = (amount: number) =>
      savedBy({ kind: 'roll-back', insteadOf: millitokens(amount) }, receipt, defaultRateCard);
    assert.equal(instead(2_100), 900);
    assert.equal(instead(700), 0);
  });
});
