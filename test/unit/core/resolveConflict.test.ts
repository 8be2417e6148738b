import assert from 'node:assert/strict';
import { mergeRollback, type MergeConflict } from '../../../src/core/merge.ts';
import { resolveConflict, type ConflictChoice } from '../../../src/core/resolveConflict.ts';

const conflictOf = (before: string | null, after: string | null, now: string | null): MergeConflict => {
  const result = mergeRollback(before, after, now);
  return result.kind === 'conflict' ? result : assert.fail('no conflict');
};

describe('resolveConflict', () => {
  const lines = conflictOf('a\nb\nc\nd\ne\n', 'a\nB\nc\nD\ne\n', 'a\nmy b\nc\nmy d\ne\nf\n');
  const resolved: [choice: ConflictChoice, text: string][] = [
    ['mine', 'a\nmy b\nc\nmy d\ne\nf\n'],
    ['old', 'a\nb\nc\nd\ne\nf\n'],
    ['both', 'a\nmy b\nb\nc\nmy d\nd\ne\nf\n'],
  ];
  for (const [choice, text] of resolved) {
    it(`takes ${choice}`, () =>
      assert.equal(
        resolveConflict(lines, () => choice),
        text,
      ));
  }

  it('takes each hunk as it is decided', () => {
    assert.equal(
      resolveConflict(lines, (_, index) => (index === 0 ? 'old' : 'mine')),
      'a\nb\nc\nmy d\ne\nf\n',
    );
  });

  it('parts lines where mine has no line end', () => {
    assert.equal(
      resolveConflict(conflictOf('a\nold', 'a\nmade', 'a\nmine'), () => 'both'),
      'a\nmine\nold',
    );
    assert.equal(
      resolveConflict(conflictOf('a\r\nold', 'a\r\nmade', 'a\r\nmine'), () => 'both'),
      'a\r\nmine\r\nold',
    );
  });

  it('decides whether a file exists', () => {
    const created = conflictOf(null, 'made', 'mine');
    assert.equal(
      resolveConflict(created, () => 'old'),
      null,
    );
    assert.equal(
      resolveConflict(created, () => 'mine'),
      'mine',
    );
    assert.equal(
      resolveConflict(created, () => 'both'),
      'mine',
    );
  });
});
