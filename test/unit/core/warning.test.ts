import assert from 'node:assert/strict';
import { millitokens } from '../../../src/core/tokens.ts';
import { warningFor, type BalanceWarning } from '../../../src/core/warning.ts';

const warn = (available: number, held = 0): BalanceWarning | null =>
  warningFor({
    available: millitokens(available),
    held: millitokens(held),
    allowance: millitokens(300_000),
    smallestHold: millitokens(330),
  });

describe('warningFor', () => {
  const cases: [available: number, warning: BalanceWarning | null][] = [
    [300_000, null],
    [60_001, null],
    [60_000, 'low'],
    [15_001, 'low'],
    [15_000, 'very_low'],
    [330, 'very_low'],
    [329, 'empty'],
    [0, 'empty'],
  ];
  for (const [available, warning] of cases) {
    it(`says ${warning ?? 'nothing'} at ${available} of 300,000`, () => assert.equal(warn(available), warning));
  }

  it('counts what is held as left, so that a running message warns of nothing', () => {
    assert.equal(warn(58_000, 4_000), null);
    assert.equal(warn(0, 4_000), 'very_low');
    assert.equal(warn(0, 329), 'empty');
  });
});
