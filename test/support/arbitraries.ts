import fc from 'fast-check';
import { defaultRateCard, type RateCard, type Usage } from '../../src/core/rateCard.ts';

const counts = fc.oneof(
  fc.integer({ min: 0, max: 5 }),
  fc.integer({ min: 0, max: 5_000 }),
  fc.integer({ min: 0, max: 5_000_000 }),
);

/** What one call may use, small counts as likely as large ones. */
export const usages: fc.Arbitrary<Usage> = fc.record({
  promptTokens: counts,
  contextTokens: counts,
  cachedTokens: counts,
  responseTokens: counts,
  firstCall: fc.boolean(),
});

/** Every multiplier that a model can have. */
export const multipliers: fc.Arbitrary<number> = fc
  .integer({ min: 25, max: 2_000 })
  .map((hundredths) => hundredths / 100);

const rates = fc.integer({ min: 0, max: 1_000 });

/** The default card, and any that an operator could set. */
export const rateCards: fc.Arbitrary<RateCard> = fc.oneof(
  fc.constant(defaultRateCard),
  fc.record({
    version: fc.constant(2),
    message: rates,
    promptPer1000: rates,
    promptCap: fc.integer({ min: 0, max: 10_000 }),
    contextPer1000: rates,
    cachedPer1000: rates,
    responsePer1000: rates,
  }),
);
