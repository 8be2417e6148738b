import assert from 'node:assert/strict';
import fc from 'fast-check';
import { charge, defaultRateCard, type ChargeParts, type RateCard, type Usage } from '../../../src/core/rateCard.ts';
import { multipliers, rateCards, usages } from '../../support/arbitraries.ts';
import { propertyRuns } from '../../support/propertyRuns.ts';

const nothing: Usage = { promptTokens: 0, contextTokens: 0, cachedTokens: 0, responseTokens: 0, firstCall: true };

describe('charge', () => {
  const cases: [name: string, usage: Partial<Usage>, multiplier: number, total: number, parts: number[]][] = [
    ['a message alone', {}, 1, 250, [250, 0, 0, 0]],
    [
      'every part',
      { promptTokens: 1_000, contextTokens: 2_000, cachedTokens: 5_000, responseTokens: 1_000 },
      1,
      800,
      [250, 200, 50, 300],
    ],
    [
      'a multiplier on context and response only',
      { promptTokens: 1_000, contextTokens: 2_000, responseTokens: 1_000 },
      2,
      1_130,
      [250, 200, 80, 600],
    ],
    ['a prompt over the cap', { promptTokens: 3_000 }, 2, 690, [250, 400, 40, 0]],
    ['a prompt at the cap', { promptTokens: 2_000 }, 2, 650, [250, 400, 0, 0]],
    [
      'a call that continues',
      { promptTokens: 1_000, responseTokens: 1_000, firstCall: false },
      1,
      320,
      [0, 0, 20, 300],
    ],
    ['one model token of output, rounded up', { responseTokens: 1 }, 1, 251, [250, 0, 0, 1]],
    [
      'the sum, rounded up once',
      { promptTokens: 1, contextTokens: 1, cachedTokens: 1, responseTokens: 1 },
      1,
      251,
      [250, 0, 0, 1],
    ],
    [
      'equal remainders, raised in the largest part first',
      { contextTokens: 25, responseTokens: 5, firstCall: false },
      1,
      2,
      [0, 0, 0, 2],
    ],
    ['nothing at all', { firstCall: false }, 1, 0, [0, 0, 0, 0]],
    ['a multiplier that binary fractions miss', { responseTokens: 1_000, firstCall: false }, 1.15, 345, [0, 0, 0, 345]],
  ];
  for (const [name, usage, multiplier, total, parts] of cases) {
    it(`prices ${name}`, () => {
      const priced = charge({ ...nothing, ...usage }, multiplier);
      const { message, prompt, context, response } = priced.parts;
      assert.deepEqual([priced.total, [message, prompt, context, response]], [total, parts]);
    });
  }

  it('refuses counts that are negative, fractional or not finite', () => {
    for (const name of ['promptTokens', 'contextTokens', 'cachedTokens', 'responseTokens'] as const) {
      for (const value of [-1, 0.5, NaN, Infinity, -Infinity]) {
        const message = `${name} is not a whole number from 0: ${value}`;
        assert.throws(() => charge({ ...nothing, [name]: value }, 1), { name: 'RangeError', message });
      }
    }
  });

  it('names the rate of a card that is no whole number', () => {
    const rates = ['message', 'promptPer1000', 'promptCap', 'contextPer1000', 'cachedPer1000', 'responsePer1000'];
    for (const name of rates) {
      const message = `${name} is not a whole number from 0: 0.5`;
      assert.throws(() => charge(nothing, 1, { ...defaultRateCard, [name]: 0.5 }), { name: 'RangeError', message });
    }
  });

  it('refuses multipliers out of bounds or with more than two decimals', () => {
    for (const value of [0, 0.24, 20.01, -1, 1.005, 0.333, NaN, Infinity]) {
      assert.throws(() => charge(nothing, value), { name: 'RangeError', message: `not a multiplier: ${value}` });
    }
    for (const value of [0.25, 0.29, 1.1, 4.35, 19.99, 20]) charge(nothing, value);
  });

  it('refuses a total that no safe integer holds', () => {
    const usage = { ...nothing, responseTokens: Number.MAX_SAFE_INTEGER };
    assert.throws(() => charge(usage, 20), RangeError);
  });

  it('is the exact sum, rounded up once, in parts that add up', () => {
    fc.assert(
      fc.property(usages, multipliers, rateCards, (usage, multiplier, card) => {
        const { total, parts } = charge(usage, multiplier, card);
        assert.equal(BigInt(total), exactTotal(usage, multiplier, card));
        assert.equal(parts.message + parts.prompt + parts.context + parts.response, total);
        for (const part of Object.values(parts)) assert.ok(Number.isSafeInteger(part) && part >= 0);
      }),
      { numRuns: propertyRuns() },
    );
  });

  it('leaves a part that costs nothing at 0 and moves no part by a whole millitoken', () => {
    fc.assert(
      fc.property(usages, multipliers, (usage, multiplier) => {
        const { parts } = charge(usage, multiplier);
        const exact = exactParts(usage, multiplier, defaultRateCard);
        for (const name of ['message', 'prompt', 'context', 'response'] as const) {
          if (exact[name] === 0n) assert.equal(parts[name], 0, name);
          const apart = BigInt(parts[name]) * 100_000n - exact[name];
          assert.ok(apart > -100_000n && apart < 100_000n, `${name} moved by ${apart}`);
        }
      }),
      { numRuns: propertyRuns() },
    );
  });
});

/** The design's table once more, by hand, in units of 1/100,000 millitoken. */
function exactParts(usage: Usage, multiplier: number, card: RateCard): Record<keyof ChargeParts, bigint> {
  const hundredths = BigInt(multiplier.toFixed(2).replace('.', ''));
  const prompt = usage.firstCall ? Math.min(usage.promptTokens, card.promptCap) : 0;
  const context = usage.contextTokens + usage.promptTokens - prompt;
  return {
    message: usage.firstCall ? BigInt(card.message) * 100_000n : 0n,
    prompt: BigInt(prompt) * BigInt(card.promptPer1000) * 100n,
    context:
      (BigInt(context) * BigInt(card.contextPer1000) + BigInt(usage.cachedTokens) * BigInt(card.cachedPer1000)) *
      hundredths,
    response: BigInt(usage.responseTokens) * BigInt(card.responsePer1000) * hundredths,
  };
}

function exactTotal(usage: Usage, multiplier: number, card: RateCard): bigint {
  const units = Object.values(exactParts(usage, multiplier, card)).reduce((sum, part) => sum + part, 0n);
  return units / 100_000n + (units % 100_000n === 0n ? 0n : 1n);
}
