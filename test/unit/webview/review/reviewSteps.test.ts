import assert from 'node:assert/strict';
import { diffDocument } from '../../../../webview/review/diffDocument.ts';
import { keepsAll, neighbour, nextHunk, nextPending, undoOfHunk } from '../../../../webview/review/reviewSteps.ts';
import { edited, reviewedFile } from '../../../support/reviewScenes.ts';

const files = [
  reviewedFile('a', { state: 'kept' }),
  reviewedFile('b'),
  reviewedFile('c', { state: 'undone' }),
  reviewedFile('d', { kind: 'outside' }),
  reviewedFile('e'),
];

describe('the steps of a review', () => {
  it('go to the neighbour, and to the next file that waits, going round', () => {
    assert.deepEqual(
      [neighbour(files, 'a', 1), neighbour(files, 'a', -1), neighbour(files, 'e', 1)],
      ['b', null, null],
    );
    assert.deepEqual([nextPending(files, 'b'), nextPending(files, 'e'), nextPending(files, '')], ['e', 'b', 'b']);
    assert.equal(nextPending(files.slice(2, 4), 'c'), null);
  });

  it('go to the next hunk that waits, over those that are kept', () => {
    const { hunks } = document([1]);
    assert.deepEqual([nextHunk(hunks, 1), nextHunk(hunks, 3)], [3, 1]);
    assert.equal(nextHunk(document([0, 1, 2]).hunks, 1), 0);
  });

  it('undo a hunk by its place, the last one as the file unless it was moved', () => {
    const [first] = document([]).hunks;
    assert.ok(first);
    const [file, moved] = [reviewedFile('x'), reviewedFile('x', { kind: 'renamed', from: 'y' })];
    const one = { files: [], hunks: { path: 'x', positions: [0] } };
    assert.deepEqual(undoOfHunk(file, document([]), first), one);
    const isLast = { ...document([]), undone: [1, 2] };
    assert.deepEqual(undoOfHunk(file, isLast, first), { files: ['x'], hunks: null });
    assert.deepEqual(undoOfHunk(moved, isLast, first), one);
  });

  it('know when keeping a hunk decides the file', () => {
    assert.equal(keepsAll(document([0, 1]), [2]), true);
    assert.equal(keepsAll(document([0]), [2]), false);
  });
});

function document(keptHunks: number[]) {
  const shown = diffDocument(edited('a\nb\nc\nd\ne\n', 'A\nb\nC\nd\nE\n'), {
    keptHunks,
    isKept: false,
    ignoresBlanks: false,
  });
  assert.ok(shown.kind === 'texts');
  return shown;
}
