import assert from 'node:assert/strict';
import { estimate, type Estimate } from '../../../src/core/estimate.ts';
import { mergedPrice } from '../../../src/core/mergedPrice.ts';
import { millitokens } from '../../../src/core/tokens.ts';

const price = (prompt: string): Estimate => estimate({ prompt, contextTokens: 4_000, multiplier: 1 });
const part = (each: Estimate, name: string): number =>
  each.reasons.find((reason) => reason.part === name)?.millitokens ?? 0;

describe('merged price', () => {
  const three = ['Add a phone column', 'Sort by name', 'Add a filter by status'].map(price);

  it('pays the base price and what goes along once, and all the work', () => {
    const { together, apart, saves } = mergedPrice(three);
    const overheads = three.map((each) => part(each, 'message') + part(each, 'context'));
    assert.equal(saves, overheads.reduce((sum, each) => sum + each, 0) - Math.max(...overheads));
    assert.ok(saves >= 2 * 250, 'two base prices less at least');
    assert.equal(
      apart.high,
      three.reduce((sum, each) => sum + each.high, 0),
    );
    assert.equal(apart.high - together.high, saves);
    assert.ok(together.low < apart.low);
  });

  it('saves nothing on one, and is nothing for none', () => {
    const [one] = three;
    assert.ok(one);
    assert.deepEqual(mergedPrice([one]), {
      together: { low: one.low, high: one.high },
      apart: { low: one.low, high: one.high },
      saves: 0,
    });
    assert.equal(mergedPrice([]).together.high, 0);
  });

  it('is never below the dearest of them alone', () => {
    const prices = [price('Create a dashboard with charts'), ...Array.from({ length: 9 }, () => price('Why?'))];
    const { together } = mergedPrice(prices);
    assert.ok(together.low >= Math.max(...prices.map(({ low }) => low)));
    assert.ok(together.high >= Math.max(...prices.map(({ high }) => high)));
    const [one] = three;
    assert.ok(one);
    const reasons = [{ part: 'context', millitokens: millitokens(300), basis: 'prior' }] as const;
    const priced = [100, 500].map((sum) => ({ ...one, low: millitokens(sum), high: millitokens(sum + 10), reasons }));
    assert.deepEqual(mergedPrice(priced).together, { low: 500, high: 510 });
  });
});
