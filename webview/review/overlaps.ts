import { takeHunks } from '../../src/core/lineDiff.ts';
import { mergeRollback, type ConflictHunk } from '../../src/core/merge.ts';
import type { FileSides, Side } from '../../src/protocol/review.ts';

/**
 * Where later edits overlap with what an undo would take back, in the order in which a rollback meets them. `whole`:
 * the contents can't be laid over each other, so that the file is decided as a whole.
 */
export type Overlaps =
  | { readonly kind: 'hunks'; readonly hunks: readonly ConflictHunk[] }
  | { readonly kind: 'whole'; readonly mine: Side; readonly old: Side };

/** The overlaps of one file. `positions` are the hunks to take back, null is all of the file. */
export function overlapsOf(sides: FileSides, positions: readonly number[] | null): Overlaps {
  const { before, after, now } = sides;
  if (before.kind !== 'text' || after.kind !== 'text' || now.kind !== 'text') {
    return { kind: 'whole', mine: now, old: before };
  }
  const wanted = positions === null ? before.text : takeHunks(after.text, before.text, positions);
  const merge = mergeRollback(wanted, after.text, now.text);
  return { kind: 'hunks', hunks: merge.kind === 'conflict' ? merge.hunks : [] };
}
