import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lineDiff, linesOf, takeHunks } from '../../../src/core/lineDiff.ts';
import { reviewHunks } from '../../../src/core/reviewHunks.ts';

const lines = (...all: string[]): string => all.map((line) => `${line}\n`).join('');
const before = lines('a', 'b', 'c', 'd', 'e', 'f', 'g');
const after = lines('a', 'B', 'c', 'd', 'e', 'F', 'F2', 'g');

describe('reviewHunks', () => {
  it('gives the hunks of the generation where nothing came since', () => {
    assert.deepEqual(reviewHunks(before, after, after), {
      hunks: [
        { kind: 'pending', before: { start: 1, count: 1 }, now: { start: 1, count: 1 }, own: [0] },
        { kind: 'pending', before: { start: 5, count: 1 }, now: { start: 5, count: 2 }, own: [1] },
      ],
      undone: [],
      ownCount: 2,
      isCoarse: false,
    });
  });

  it('knows which hunk was taken back', () => {
    const { hunks, undone } = reviewHunks(before, after, takeHunks(after, before, [0]));
    assert.deepEqual(undone, [0]);
    assert.deepEqual(
      hunks.map(({ own, now }) => [own, now]),
      [[[1], { start: 5, count: 2 }]],
    );
  });

  it('tells a later edit from the generation’s hunks, and finds them below it', () => {
    const now = lines('a', 'B', 'c', 'mine', 'd', 'e', 'F', 'F2', 'g');
    assert.deepEqual(
      reviewHunks(before, after, now).hunks.map(({ kind, now: { start }, own }) => [kind, start, own]),
      [
        ['pending', 1, [0]],
        ['later', 3, []],
        ['pending', 6, [1]],
      ],
    );
  });

  it('names a place that both have edited', () => {
    const now = lines('a', 'B', 'c', 'd', 'e', 'F of mine', 'F2', 'g');
    assert.deepEqual(reviewHunks(before, after, now).hunks[1], {
      kind: 'mixed',
      before: { start: 5, count: 1 },
      now: { start: 5, count: 2 },
      own: [1],
    });
  });

  it('takes an edit right beside a hunk as one with it, as the merge does', () => {
    const now = lines('a', 'B', 'beside', 'c', 'd', 'e', 'F', 'F2', 'g');
    assert.deepEqual(reviewHunks(before, after, now).hunks[0]?.kind, 'mixed');
  });

  it('says where too much differs to be told apart', () => {
    const many = Array.from({ length: 700 }, (_, index) => `line ${String(index)}`);
    const shuffled = many.flatMap((line, index) => (index % 2 === 0 ? [many[index + 1] ?? '', line] : []));
    const [old, fresh] = [lines('x', ...many, 'y'), lines('z', ...shuffled, 'w')];
    assert.equal(reviewHunks(old, fresh, fresh).isCoarse, true);
    assert.equal(reviewHunks(before, after, after).isCoarse, false);
  });

  it('leads from the text before to the text now, line by line, whatever was edited', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', '}', ''), { maxLength: 14 }).map((all) => lines(...all));
    fc.assert(
      fc.property(text, text, text, (old, left, now) => {
        const { hunks, undone, ownCount } = reviewHunks(old, left, now);
        assert.equal(applied(old, now, hunks), now);
        const named = [...undone, ...hunks.flatMap(({ own }) => own)].sort((a, b) => a - b);
        assert.deepEqual(named, [...lineDiff(left, old).keys()]);
        assert.equal(ownCount, named.length);
      }),
    );
  });
});

function applied(old: string, now: string, hunks: ReturnType<typeof reviewHunks>['hunks']): string {
  const [from, to] = [linesOf(old), linesOf(now)];
  const result: string[] = [];
  let at = 0;
  for (const hunk of hunks) {
    result.push(...from.slice(at, hunk.before.start));
    assert.equal(result.length, hunk.now.start, 'a hunk starts elsewhere');
    result.push(...to.slice(hunk.now.start, hunk.now.start + hunk.now.count));
    at = hunk.before.start + hunk.before.count;
  }
  return [...result, ...from.slice(at)].join('');
}
