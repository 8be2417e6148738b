import assert from 'node:assert/strict';
import type { FileSides } from '../../../../src/protocol/review.ts';
import { diffDocument, type DiffChoices } from '../../../../webview/review/diffDocument.ts';
import { edited, textSide } from '../../../support/reviewScenes.ts';

const none: DiffChoices = { keptHunks: [], isKept: false, ignoresBlanks: false };

describe('diffDocument', () => {
  const sides = edited('a\nb\nc\nd\ne\n', 'A\nb\n  c\nd\nE\n');

  it('numbers the hunks and says which wait', () => {
    const document = texts(sides, { ...none, keptHunks: [1] });
    assert.deepEqual(
      document.hunks.map(({ number, kept, own }) => [number, kept, own]),
      [
        [1, false, [0]],
        [2, true, [1]],
        [3, false, [2]],
      ],
    );
    assert.deepEqual(document.pending, [0, 2]);
    assert.deepEqual(texts(sides, { ...none, isKept: true }).pending, []);
  });

  it('leaves out what differs in blanks alone if asked to, and says how much', () => {
    const document = texts(sides, { ...none, ignoresBlanks: true });
    assert.deepEqual(
      document.hunks.map(({ number, own }) => [number, own]),
      [
        [1, [0]],
        [2, [2]],
      ],
    );
    assert.equal(document.blankOnly, 1);
    assert.deepEqual(document.pending, [0, 1, 2], 'what is hidden waits all the same');
  });

  it('reads a file that is not there as empty', () => {
    const created = texts({ ...sides, before: { kind: 'absent' } }, none);
    assert.deepEqual([created.before, created.hunks.length, created.byHunk], ['', 1, true]);
  });

  it('lets hunks be undone by themselves unless something else came between two parts of the answer', () => {
    assert.deepEqual([texts(sides, none).byHunk, texts({ ...sides, byHunk: false }, none).byHunk], [true, false]);
  });

  it('is no text where one side is none, and damaged where one can’t be read', () => {
    const binary: FileSides = { ...sides, now: { kind: 'binary', bytes: 3 } };
    assert.equal(diffDocument(binary, none).kind, 'other');
    assert.equal(diffDocument({ ...sides, before: { kind: 'damaged' } }, none).kind, 'damaged');
  });

  it('has nothing to show of a file that is as it was', () => {
    const document = texts({ ...sides, now: textSide('a\nb\nc\nd\ne\n') }, none);
    assert.deepEqual([document.hunks, document.undone], [[], [0, 1, 2]]);
  });
});

function texts(sides: FileSides, choices: DiffChoices) {
  const document = diffDocument(sides, choices);
  assert.ok(document.kind === 'texts');
  return document;
}
