import assert from 'node:assert/strict';
import { defaultRateCard } from '../../../../src/core/rateCard.ts';
import { millitokens } from '../../../../src/core/tokens.ts';
import { SpendMeter } from '../../../../src/extension/chat/spendMeter.ts';

describe('spend meter', () => {
  it('never shows more than where the generation stops while an answer streams', () => {
    const price = { card: defaultRateCard, multiplier: 1, stopsAt: millitokens(1_000) };
    const meter = new SpendMeter(price, millitokens(400));
    meter.start({ promptTokens: 10, contextTokens: 0, cachedTokens: 0, firstCall: true });
    assert.equal(meter.output('word '.repeat(20_000)), 1_000);
    assert.equal(meter.settle(millitokens(900)), 1_300, 'what was charged is shown as it is');
  });
});
