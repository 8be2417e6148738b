import assert from 'node:assert/strict';
import { isFix, usualFix, withFix, type FixRun } from '../../../../src/core/advice/fixHistory.ts';
import { millitokens } from '../../../../src/core/tokens.ts';

describe('the history of fixes', () => {
  const after = (...fixes: [charged: number, goesOn: boolean][]): FixRun[] =>
    fixes.reduce<FixRun[]>((runs, [charged, goesOn]) => withFix(runs, millitokens(charged), goesOn), []);

  it('counts messages in a row as one run', () => {
    assert.deepEqual(after([700, false], [500, true], [900, false]), [
      { messages: 2, charged: 1_200 },
      { messages: 1, charged: 900 },
    ]);
    assert.deepEqual(after([700, true]), [{ messages: 1, charged: 700 }]);
  });

  it('names a price from the third receipt on: of one message, and how many it takes', () => {
    assert.equal(usualFix(after([700, false], [500, true])), null);
    assert.deepEqual(usualFix(after([700, false], [500, true], [900, true])), { each: 700, messages: 3 });
    assert.deepEqual(usualFix(after([700, false], [500, false], [900, false])), { each: 700, messages: 1 });
  });

  it('keeps the latest twenty runs', () => {
    const many = after(...Array.from({ length: 30 }, (_, at): [number, boolean] => [at, false]));
    assert.equal(many.length, 20);
    assert.equal(many.at(-1)?.charged, 29);
  });

  it('knows complaints and requests for repair from other requests', () => {
    assert.deepEqual(["that's not what I wanted", 'fix the sorting', 'Add a column'].map(isFix), [true, true, false]);
  });
});
