import { linesOf } from '../../src/core/lineDiff.ts';
import { reviewHunks, type ReviewHunk } from '../../src/core/reviewHunks.ts';
import type { FileSides, Side } from '../../src/protocol/review.ts';

/** A hunk as it is shown: `kept` if the person has accepted it, `number` its place in the list, from 1. */
export interface ShownHunk extends ReviewHunk {
  readonly number: number;
  readonly kept: boolean;
}

/** What there is to show of one file: two texts with their hunks, or why there is nothing to compare. */
export type DiffDocument =
  | {
      readonly kind: 'texts';
      readonly before: string;
      readonly now: string;
      readonly hunks: readonly ShownHunk[];
      /** The generation's hunks that are still there and not decided, and all that it had. */
      readonly pending: readonly number[];
      readonly undone: readonly number[];
      readonly ownCount: number;
      /** Whether a hunk can be undone by itself. */
      readonly byHunk: boolean;
      readonly isCoarse: boolean;
      /** Hunks that differ in blanks alone, left out because the person wants it so. */
      readonly blankOnly: number;
    }
  | { readonly kind: 'other'; readonly sides: FileSides }
  | { readonly kind: 'damaged' };

export interface DiffChoices {
  readonly keptHunks: readonly number[];
  readonly isKept: boolean;
  readonly ignoresBlanks: boolean;
}

/** The document of a file whose three sides are known. */
export function diffDocument(sides: FileSides, choices: DiffChoices): DiffDocument {
  const [before, after, now] = [textOf(sides.before), textOf(sides.after), textOf(sides.now)];
  if (before === null || now === null || after === null) {
    const isDamaged = [sides.before, sides.after, sides.now].some(({ kind }) => kind === 'damaged');
    return isDamaged ? { kind: 'damaged' } : { kind: 'other', sides };
  }
  const reviewed = reviewHunks(before, after, now);
  const kept = new Set(choices.keptHunks);
  const isKept = ({ own }: ReviewHunk): boolean =>
    own.length > 0 && (choices.isKept || own.every((position) => kept.has(position)));
  const shown = choices.ignoresBlanks ? withoutBlanks(reviewed.hunks, linesOf(before), linesOf(now)) : reviewed.hunks;
  return {
    kind: 'texts',
    before,
    now,
    hunks: shown.map((hunk, index) => ({ ...hunk, number: index + 1, kept: isKept(hunk) })),
    pending: reviewed.hunks.filter((hunk) => !isKept(hunk)).flatMap(({ own }) => own),
    undone: reviewed.undone,
    ownCount: reviewed.ownCount,
    byHunk: (sides.byHunk && sides.before.kind === 'text' && sides.after.kind === 'text') || reviewed.ownCount === 1,
    isCoarse: reviewed.isCoarse,
    blankOnly: reviewed.hunks.length - shown.length,
  };
}

/** What is not there reads as an empty text; null is no text. */
function textOf(side: Side): string | null {
  if (side.kind === 'absent') return '';
  return side.kind === 'text' ? side.text : null;
}

function withoutBlanks(hunks: readonly ReviewHunk[], old: readonly string[], fresh: readonly string[]): ReviewHunk[] {
  return hunks.filter(({ before, now }) => {
    const removed = old.slice(before.start, before.start + before.count);
    const added = fresh.slice(now.start, now.start + now.count);
    return removed.length !== added.length || removed.some((line, index) => line.trim() !== added[index]?.trim());
  });
}
