import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  formatAllowance,
  formatBalance,
  formatCharge,
  formatLimit,
  formatRange,
  formatReceiptBalance,
} from '../../../src/core/formatTokens.ts';
import { millitokens, type Millitokens } from '../../../src/core/tokens.ts';
import { propertyRuns } from '../../support/propertyRuns.ts';

const amounts = fc.integer({ min: 0, max: 100_000_000 }).map(millitokens);

describe('formatTokens', () => {
  const balances: [number, string][] = [
    [300_000, '300.0'],
    [1_500_000, '1,500.0'],
    [287_499, '287.4'],
    [99, '0.0'],
    [0, '0.0'],
  ];
  for (const [amount, text] of balances) {
    it(`shows a balance of ${amount} as ${text}`, () => assert.equal(formatBalance(millitokens(amount), 'en'), text));
  }

  it('never shows a larger balance than there is, nor one more than a tenth smaller', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        const shown = numberOf(formatBalance(amount, 'en'));
        assert.ok(shown <= amount && shown > amount - 100, `${amount} shown as ${shown}`);
      }),
      { numRuns: propertyRuns() },
    );
  });

  it('shows an allowance whole where it is whole', () => {
    assert.equal(formatAllowance(millitokens(300_000), 'en'), '300');
    assert.equal(formatAllowance(millitokens(1_500_000), 'en'), '1,500');
    assert.equal(formatAllowance(millitokens(298_760), 'en'), '298.7');
  });

  const charges: [number, string][] = [
    [640, '0.64'],
    [1_235, '1.24'],
    [1_234, '1.23'],
    [12_000, '12.00'],
    [0, '0'],
    [1, '0.01'],
  ];
  for (const [amount, text] of charges) {
    it(`shows a charge of ${amount} as ${text}`, () => assert.equal(formatCharge(millitokens(amount), 'en'), text));
  }

  it("rounds a receipt's balance down to two decimals", () => {
    assert.equal(formatReceiptBalance(millitokens(298_769), 'en'), '298.76');
    assert.equal(formatReceiptBalance(millitokens(1_498_760), 'en'), '1,498.76');
  });

  const ranges: [number, number, string][] = [
    [900, 1_400, '0.9–1.4'],
    [920, 940, '0.9'],
    [30, 99, 'under 0.1'],
    [30, 420, '0.1–0.4'],
    [9_500, 12_400, '9.5–12'],
    [9_960, 12_600, '10–13'],
    [1_100_000, 2_200_000, '1,100–2,200'],
  ];
  for (const [low, high, text] of ranges) {
    it(`shows the range from ${low} to ${high} as ${text}`, () =>
      assert.equal(formatRange(millitokens(low), millitokens(high), 'en'), text));
  }

  it('never shows a lower limit than the promise', () => {
    assert.equal(formatLimit(millitokens(4_000), 'en'), '4.0');
    assert.equal(formatLimit(millitokens(5_234), 'en'), '5.3');
    fc.assert(
      fc.property(amounts, (amount) => assert.ok(numberOf(formatLimit(amount, 'en')) >= amount)),
      { numRuns: propertyRuns() },
    );
  });

  it("uses the person's own separators", () => {
    assert.equal(formatBalance(millitokens(1_287_450), 'de'), '1.287,4');
    assert.equal(formatRange(millitokens(900), millitokens(1_400), 'de'), '0,9–1,4');
  });
});

function numberOf(text: string): Millitokens {
  return millitokens(Math.round(Number(text.replaceAll(',', '')) * 1_000));
}
