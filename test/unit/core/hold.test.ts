import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  affordableOutput,
  holdFor,
  IMAGE_TOKENS,
  inputTokensBound,
  PROVIDER_PREAMBLE_TOKENS,
} from '../../../src/core/hold.ts';
import { charge, defaultRateCard, type Usage } from '../../../src/core/rateCard.ts';
import { millitokens } from '../../../src/core/tokens.ts';
import { multipliers, rateCards, usages } from '../../support/arbitraries.ts';
import { propertyRuns } from '../../support/propertyRuns.ts';

const bounds = fc.record({
  inputTokens: fc.integer({ min: 0, max: 200_000 }),
  multiplier: multipliers,
  firstCall: fc.boolean(),
  card: rateCards,
});

describe('holdFor', () => {
  it('is the whole price of the input as prompt first, then context, and of the output limit', () => {
    const hold = holdFor({
      inputTokens: 3_000,
      outputLimit: 1_000,
      multiplier: 1,
      firstCall: true,
      card: defaultRateCard,
    });
    assert.equal(hold, 250 + 400 + 20 + 300);
    const later = holdFor({
      inputTokens: 3_000,
      outputLimit: 1_000,
      multiplier: 1,
      firstCall: false,
      card: defaultRateCard,
    });
    assert.equal(later, 60 + 300);
  });

  it('takes all input as context where a multiplier makes that dearer than the prompt', () => {
    const hold = holdFor({
      inputTokens: 1_000,
      outputLimit: 0,
      multiplier: 20,
      firstCall: true,
      card: defaultRateCard,
    });
    assert.equal(hold, 250 + 400);
  });

  it('covers every charge within its bounds', () => {
    fc.assert(
      fc.property(
        usages,
        multipliers,
        rateCards,
        fc.nat(1_000),
        fc.nat(1_000),
        (usage, multiplier, card, more, longer) => {
          const inputTokens = inputOf(usage) + more;
          const outputLimit = usage.responseTokens + longer;
          const hold = holdFor({ inputTokens, outputLimit, multiplier, firstCall: usage.firstCall, card });
          assert.ok(charge(usage, multiplier, card).total <= hold);
        },
      ),
      { numRuns: propertyRuns(1_000) },
    );
  });

  it('is what the dearest split costs, not more', () => {
    fc.assert(
      fc.property(bounds, fc.nat(5_000), (bound, outputLimit) => {
        const rest = { contextTokens: 0, cachedTokens: 0, responseTokens: outputLimit, firstCall: bound.firstCall };
        const prompt = Math.min(bound.inputTokens, bound.card.promptCap);
        const left = bound.inputTokens - prompt;
        const splits: Usage[] = [
          { ...rest, promptTokens: 0, contextTokens: bound.inputTokens },
          { ...rest, promptTokens: 0, cachedTokens: bound.inputTokens },
          { ...rest, promptTokens: prompt, contextTokens: left },
          { ...rest, promptTokens: prompt, cachedTokens: left },
        ];
        const dearest = Math.max(...splits.map((usage) => charge(usage, bound.multiplier, bound.card).total));
        assert.equal(holdFor({ ...bound, outputLimit }), dearest);
      }),
      { numRuns: propertyRuns() },
    );
  });
});

describe('affordableOutput', () => {
  it('is the largest output whose hold fits', () => {
    fc.assert(
      fc.property(bounds, fc.integer({ min: 0, max: 2_000_000 }), (bound, balance) => {
        const available = millitokens(balance);
        const output = affordableOutput({ ...bound, available });
        const fits = (outputLimit: number): boolean => holdFor({ ...bound, outputLimit }) <= balance;
        if (output === Number.MAX_SAFE_INTEGER) return assert.ok(bound.card.responsePer1000 === 0 && fits(output));
        if (output > 0 || fits(0)) assert.ok(fits(output));
        assert.equal(fits(output + 1), false);
      }),
      { numRuns: propertyRuns(1_000) },
    );
  });

  it('is 0 where not even the input fits', () => {
    const available = millitokens(249);
    assert.equal(
      affordableOutput({ available, inputTokens: 0, multiplier: 1, firstCall: true, card: defaultRateCard }),
      0,
    );
  });

  it('finds the last model token that a balance buys', () => {
    const buy = (available: number): number =>
      affordableOutput({
        available: millitokens(available),
        inputTokens: 1_000,
        multiplier: 1,
        firstCall: true,
        card: defaultRateCard,
      });
    assert.deepEqual([buy(450), buy(451), buy(750), buy(1_000)], [0, 3, 1_000, 1_833]);
  });

  it('is a safe integer, however much there is and however cheap output is', () => {
    const buy = (available: number, responsePer1000: number): number =>
      affordableOutput({
        available: millitokens(available),
        inputTokens: 0,
        multiplier: 1,
        firstCall: true,
        card: { ...defaultRateCard, responsePer1000 },
      });
    assert.equal(buy(249, 0), 0);
    assert.equal(buy(250, 0), Number.MAX_SAFE_INTEGER);
    assert.equal(buy(Number.MAX_SAFE_INTEGER, 1), Number.MAX_SAFE_INTEGER);
  });
});

describe('inputTokensBound', () => {
  it('grows by one a byte and by a constant an image, on top of what a provider adds', () => {
    const empty = inputTokensBound(0, 0);
    assert.equal(empty, PROVIDER_PREAMBLE_TOKENS);
    assert.equal(inputTokensBound(5_000, 0) - empty, 5_000);
    assert.equal(inputTokensBound(5_000, 3) - empty, 5_000 + 3 * IMAGE_TOKENS);
  });
});

function inputOf(usage: Usage): number {
  return usage.promptTokens + usage.contextTokens + usage.cachedTokens;
}
