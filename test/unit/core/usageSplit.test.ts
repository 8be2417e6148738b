import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitUsage } from '../../../src/core/usageSplit.ts';
import { propertyRuns } from '../../support/propertyRuns.ts';

const count = fc.nat(100_000);
const inputs = fc.record({
  promptTextTokens: count,
  reported: fc.record({ promptTokens: count, cachedTokens: count, responseTokens: count }),
  firstCall: fc.boolean(),
  previousPromptTokens: count,
});

describe('splitUsage', () => {
  const reported = { promptTokens: 3_000, cachedTokens: 500, responseTokens: 700 };

  it("takes the person's words, what was cached, and the rest as context", () => {
    const usage = splitUsage({ promptTextTokens: 40, reported, firstCall: true, previousPromptTokens: 0 });
    assert.deepEqual(usage, {
      promptTokens: 40,
      contextTokens: 2_460,
      cachedTokens: 500,
      responseTokens: 700,
      firstCall: true,
    });
  });

  it('bills what a continued call sends again as cached, whatever the provider says', () => {
    const usage = splitUsage({ promptTextTokens: 40, reported, firstCall: false, previousPromptTokens: 2_200 });
    assert.deepEqual(usage, {
      promptTokens: 0,
      contextTokens: 800,
      cachedTokens: 2_200,
      responseTokens: 700,
      firstCall: false,
    });
  });

  it("takes the provider's cache where it is larger", () => {
    const cached = { ...reported, cachedTokens: 2_900 };
    const usage = splitUsage({ promptTextTokens: 40, reported: cached, firstCall: false, previousPromptTokens: 2_200 });
    assert.equal(usage.cachedTokens, 2_900);
  });

  it('ignores a previous call on the first', () => {
    const usage = splitUsage({ promptTextTokens: 40, reported, firstCall: true, previousPromptTokens: 2_200 });
    assert.equal(usage.cachedTokens, 500);
  });

  it('never counts more prompt than was sent', () => {
    const usage = splitUsage({ promptTextTokens: 9_000, reported, firstCall: true, previousPromptTokens: 0 });
    assert.deepEqual([usage.promptTokens, usage.contextTokens, usage.cachedTokens], [3_000, 0, 0]);
  });

  it('splits all that was sent, no more and no less', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { promptTokens, contextTokens, cachedTokens, responseTokens } = splitUsage(input);
        assert.equal(promptTokens + contextTokens + cachedTokens, input.reported.promptTokens);
        assert.ok(Math.min(promptTokens, contextTokens, cachedTokens) >= 0);
        assert.equal(responseTokens, input.reported.responseTokens);
      }),
      { numRuns: propertyRuns() },
    );
  });
});
