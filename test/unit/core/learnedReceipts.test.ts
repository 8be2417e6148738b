import assert from 'node:assert/strict';
import fc from 'fast-check';
import { estimate, type ReceiptSample } from '../../../src/core/estimate.ts';
import { learnedReceipts } from '../../../src/core/learnedReceipts.ts';
import { millitokens } from '../../../src/core/tokens.ts';

const samples = fc.array(
  fc.record({ responseTokens: fc.nat(20_000), readTokens: fc.nat(50_000), calls: fc.integer({ min: 1, max: 12 }) }),
  { minLength: 1, maxLength: 60 },
);

describe('receipts summed up', () => {
  it('give the estimate that the receipts themselves give', () => {
    fc.assert(
      fc.property(samples, (each) => {
        const input = { prompt: 'Create a table', contextTokens: 900, kind: 'table', multiplier: 1 } as const;
        const learned = learnedReceipts(each);
        assert.ok(learned);
        const receipts = each.map((one): ReceiptSample => ({
          ...one,
          kind: 'table',
          model: 'm',
          charged: millitokens(1),
        }));
        assert.deepEqual(estimate({ ...input, learned: { table: learned } }), estimate({ ...input, receipts }));
      }),
      { numRuns: 60 },
    );
  });

  it('are nothing where there are none', () => {
    assert.equal(learnedReceipts([]), null);
  });
});
