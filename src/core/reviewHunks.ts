import { lineDiff, linesOf, type LineHunk } from './lineDiff.ts';

/** Lines of a text, counted from 0. */
export interface LineSpan {
  readonly start: number;
  readonly count: number;
}

/**
 * One place where a file differs from what it was before a generation. `own` are the generation's hunks in it, by their
 * position in `lineDiff(after, before)`, which is how a rollback names them. `pending`: just as the generation left it.
 * `mixed`: the person has edited the same lines since. `later`: all of it came after the generation.
 */
export interface ReviewHunk {
  readonly kind: 'pending' | 'mixed' | 'later';
  readonly before: LineSpan;
  readonly now: LineSpan;
  readonly own: readonly number[];
}

/** `undone` are the generation's hunks that are no longer there. `isCoarse`: too much differs to tell it apart. */
export interface ReviewedText {
  readonly hunks: readonly ReviewHunk[];
  readonly undone: readonly number[];
  readonly ownCount: number;
  readonly isCoarse: boolean;
}

/**
 * How a file differs now from what it was before a generation, hunk by hunk, so that what is shown is what a rollback
 * takes back: the generation's own hunks, laid over what was edited since. A file that is not there is an empty text.
 */
export function reviewHunks(before: string, after: string, now: string): ReviewedText {
  const own = lineDiff(after, before);
  const later = lineDiff(after, now);
  const [beforeLines, nowLines] = [linesOf(before), linesOf(now)];
  const hunks: ReviewHunk[] = [];
  const undone: number[] = [];
  const shift = { before: 0, now: 0 };
  for (const group of touching(own, later)) {
    const count = group.end - group.start;
    const span = {
      before: { start: group.start + shift.before, count: count + growth(group.own.map(({ hunk }) => hunk)) },
      now: { start: group.start + shift.now, count: count + growth(group.later) },
    };
    shift.before += span.before.count - count;
    shift.now += span.now.count - count;
    const positions = group.own.map(({ position }) => position);
    if (sameLines(taken(beforeLines, span.before), taken(nowLines, span.now))) undone.push(...positions);
    else hunks.push({ kind: kindOf(group), ...span, own: positions });
  }
  return { hunks, undone, ownCount: own.length, isCoarse: own.some(isCoarse) || later.some(isCoarse) };
}

/** Hunks of both sides that overlap or stand side by side: they can't be told apart by a merge either. */
interface Group {
  /** In lines of the text as the generation left it. */
  readonly start: number;
  end: number;
  readonly own: { readonly position: number; readonly hunk: LineHunk }[];
  readonly later: LineHunk[];
}

function touching(own: readonly LineHunk[], later: readonly LineHunk[]): Group[] {
  const all = [
    ...own.map((hunk, position) => ({ hunk, position })),
    ...later.map((hunk) => ({ hunk, position: null })),
  ].sort((a, b) => a.hunk.oldStart - b.hunk.oldStart);
  const groups: Group[] = [];
  for (const { hunk, position } of all) {
    const [start, end] = [hunk.oldStart, hunk.oldStart + hunk.removed.length];
    let group = groups.at(-1);
    if (group === undefined || start > group.end) groups.push((group = { start, end, own: [], later: [] }));
    group.end = Math.max(group.end, end);
    if (position === null) group.later.push(hunk);
    else group.own.push({ position, hunk });
  }
  return groups;
}

function kindOf({ own, later }: Group): ReviewHunk['kind'] {
  if (later.length === 0) return 'pending';
  return own.length === 0 ? 'later' : 'mixed';
}

function growth(hunks: readonly LineHunk[]): number {
  return hunks.reduce((sum, { added, removed }) => sum + added.length - removed.length, 0);
}

function taken(lines: readonly string[], { start, count }: LineSpan): string[] {
  return lines.slice(start, start + count);
}

function sameLines(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}

/** Where the search was given up, lines that both sides have are left in one hunk. */
function isCoarse({ removed, added }: LineHunk): boolean {
  const there = new Set(removed);
  return added.some((line) => there.has(line));
}
