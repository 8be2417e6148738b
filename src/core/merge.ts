import { diff3Merge } from 'node-diff3';

/** One place where the person's later edits and the rollback meet. null: the file does not exist on that side. */
export interface ConflictHunk {
  /** What is there now. */
  readonly mine: string | null;
  /** What was there before the generation. */
  readonly old: string | null;
  /** What the generation had made of it. */
  readonly base: string | null;
  /** The line of the file as it is now, counted from 1, where `mine` starts. */
  readonly startLine: number;
}

/** `regions` is the whole file in order: text that merged by itself, and the hunks that wait for a decision. */
export interface MergeConflict {
  readonly kind: 'conflict';
  readonly hunks: readonly ConflictHunk[];
  readonly regions: readonly (string | ConflictHunk)[];
}

export type RollbackMerge = { readonly kind: 'merged'; readonly text: string | null } | MergeConflict;

/**
 * Takes a generation's change out of a file and keeps what was edited since: a three-way merge by lines with what the generation
 * left (`after`) as base. Byte exact: line ends, a BOM and a missing last line end stay. null means that the file does not
 * exist. Overlaps are a conflict, never decided here (design, section 5).
 */
export function mergeRollback(before: string | null, after: string | null, now: string | null): RollbackMerge {
  if (now === after) return { kind: 'merged', text: before };
  if (before === after || now === before) return { kind: 'merged', text: now };
  if (before === null || after === null || now === null) {
    return conflictOf([{ mine: now, old: before, base: after, startLine: 1 }]);
  }
  return mergeLines(linesOf(before), linesOf(after), linesOf(now));
}

function mergeLines(before: string[], after: string[], now: string[]): RollbackMerge {
  const regions: (string | ConflictHunk)[] = [];
  for (const { ok, conflict } of diff3Merge(now, after, before, { excludeFalseConflicts: true })) {
    if (ok !== undefined) regions.push(ok.join(''));
    if (conflict === undefined) continue;
    const { a, o, b, aIndex } = conflict;
    regions.push({ mine: a.join(''), old: b.join(''), base: o.join(''), startLine: aIndex + 1 });
  }
  const texts = regions.filter((region) => typeof region === 'string');
  return texts.length === regions.length ? { kind: 'merged', text: texts.join('') } : conflictOf(regions);
}

function conflictOf(regions: readonly (string | ConflictHunk)[]): MergeConflict {
  return { kind: 'conflict', hunks: regions.filter((region) => typeof region !== 'string'), regions };
}

/** Lines with their ends, so that joining them gives the text again. */
function linesOf(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+/g) ?? [];
}
