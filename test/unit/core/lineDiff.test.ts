import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countLines, lineDiff, linesOf, takeHunks } from '../../../src/core/lineDiff.ts';
import { propertyRuns } from '../../support/propertyRuns.ts';

const text = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', ''), fc.constantFrom('\n', '\r\n', '\r', '')), { maxLength: 15 })
  .map((lines) => lines.flat().join(''));

describe('lineDiff', () => {
  it('tells each place where two texts differ', () => {
    assert.deepEqual(lineDiff('a\nb\nc\nd\n', 'a\nB\nc\nd\ne'), [
      { oldStart: 1, newStart: 1, removed: ['b\n'], added: ['B\n'] },
      { oldStart: 4, newStart: 4, removed: [], added: ['e'] },
    ]);
    assert.deepEqual(countLines('a\nb\nc\nd\n', 'a\nB\nc\nd\ne'), { added: 2, removed: 1 });
  });

  it('takes single hunks over', () => {
    assert.equal(takeHunks('a\nb\nc\nd\n', 'a\nB\nc\nd\ne', [1]), 'a\nb\nc\nd\ne');
    assert.throws(() => takeHunks('a', 'b', [1]), RangeError);
  });

  it('splits lines so that nothing is lost, whatever ends them', () => {
    assert.deepEqual(linesOf('a\r\nb\rc\n\nd'), ['a\r\n', 'b\r', 'c\n', '\n', 'd']);
  });

  it('leads from any text to any other, all hunks taken or none', () => {
    fc.assert(
      fc.property(text, text, (old, fresh) => {
        const hunks = lineDiff(old, fresh);
        const all = hunks.map((_, index) => index);
        assert.equal(takeHunks(old, fresh, all), fresh);
        assert.equal(takeHunks(old, fresh, []), old);
        assert.ok(hunks.every(({ added, removed }) => added.length + removed.length > 0));
      }),
      { numRuns: propertyRuns(500) },
    );
  });
});
