import assert from 'node:assert/strict';
import fc from 'fast-check';
import { textDifference } from '../../../../src/extension/rollback/textDifference.ts';

describe('text difference', () => {
  it('is the piece that differs, and no more', () => {
    assert.deepEqual(textDifference('one two three', 'one 2 three'), { start: 4, end: 7, text: '2' });
    assert.deepEqual(textDifference('aa', 'aaa'), { start: 2, end: 2, text: 'a' });
    assert.deepEqual(textDifference('', 'x'), { start: 0, end: 0, text: 'x' });
    assert.equal(textDifference('same', 'same'), null);
  });

  it('always leads from one text to the other', () => {
    const few = fc.string({ unit: fc.constantFrom('a', 'b', '\n') });
    fc.assert(
      fc.property(few, few, (before, after) => {
        const difference = textDifference(before, after);
        const { start, end, text } = difference ?? { start: 0, end: 0, text: '' };
        assert.equal(before.slice(0, start) + text + before.slice(end), after);
      }),
    );
  });
});
