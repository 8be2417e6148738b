import { diff3Merge } from 'node-diff3';
import { lineAnchors } from './lineAnchors.ts';

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
 * Takes a generation's change out of a file and keeps what was edited since: a three-way merge by lines with what the
 * generation left (`after`) as base. Byte exact: line ends, a BOM and a missing last line end stay. null means that
 * the file does not exist. Overlaps are a conflict, never decided here (design, section 5).
 */
export function mergeRollback(before: string | null, after: string | null, now: string | null): RollbackMerge {
  if (now === after) return { kind: 'merged', text: before };
  if (before === after || now === before) return { kind: 'merged', text: now };
  if (before === null || after === null || now === null) {
    return conflictOf([{ mine: now, old: before, base: after, startLine: 1 }]);
  }
  const regions: Region[] = [];
  mergePart({ base: linesOf(after), now: linesOf(now), before: linesOf(before), nowStart: 0 }, regions);
  return regions.every((region) => typeof region === 'string')
    ? { kind: 'merged', text: regions.join('') }
    : conflictOf(joinTexts(regions));
}

type Region = string | ConflictHunk;

/**
 * The same stretch of the file on its three sides, in lines; `nowStart` is where it starts in the file as it is now.
 */
interface Part {
  readonly base: readonly string[];
  readonly now: readonly string[];
  readonly before: readonly string[];
  readonly nowStart: number;
}

/**
 * Pairs of equal lines that the line matcher may look at. It takes time by their square: this many take 0.1 s, the
 * third of a 5,000-line stylesheet that is `}` would take a minute. What exceeds it is shown as one overlap.
 */
const MAX_EQUAL_PAIRS = 60_000;

/**
 * Merges a part by cutting it at lines that are the same and unique on all sides, until only small parts are left to
 * match.
 */
function mergePart(part: Part, regions: Region[]): void {
  const { base, now, before } = part;
  if (sameLines(now, base)) return void regions.push(before.join(''));
  if (sameLines(before, base) || sameLines(now, before)) return void regions.push(now.join(''));
  const anchors = lineAnchors(base, now, before);
  if (anchors.length === 0) return matchLines(part, regions);
  let from = { base: 0, now: 0, before: 0 };
  for (const anchor of [...anchors, { base: base.length, now: now.length, before: before.length }]) {
    mergePart(slicePart(part, from, anchor), regions);
    if (anchor.base < base.length) regions.push(base[anchor.base] ?? '');
    from = { base: anchor.base + 1, now: anchor.now + 1, before: anchor.before + 1 };
  }
}

type Position = Record<'base' | 'now' | 'before', number>;

function slicePart(part: Part, from: Position, to: Position): Part {
  return {
    base: part.base.slice(from.base, to.base),
    now: part.now.slice(from.now, to.now),
    before: part.before.slice(from.before, to.before),
    nowStart: part.nowStart + from.now,
  };
}

function matchLines({ base, now, before, nowStart }: Part, regions: Region[]): void {
  if (equalPairs(base, now) + equalPairs(base, before) > MAX_EQUAL_PAIRS) {
    regions.push({ mine: now.join(''), old: before.join(''), base: base.join(''), startLine: nowStart + 1 });
    return;
  }
  for (const { ok, conflict } of diff3Merge([...now], [...base], [...before], { excludeFalseConflicts: true })) {
    if (ok !== undefined) regions.push(ok.join(''));
    if (conflict === undefined) continue;
    const { a, o, b, aIndex } = conflict;
    regions.push({ mine: a.join(''), old: b.join(''), base: o.join(''), startLine: nowStart + aIndex + 1 });
  }
}

function equalPairs(one: readonly string[], other: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const line of one) counts.set(line, (counts.get(line) ?? 0) + 1);
  return other.reduce((pairs, line) => pairs + (counts.get(line) ?? 0), 0);
}

function sameLines(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}

/** Text that merged by itself, in one piece between two hunks. */
function joinTexts(regions: readonly Region[]): readonly Region[] {
  const joined: Region[] = [];
  for (const region of regions) {
    const last = joined.at(-1);
    if (typeof region === 'string' && typeof last === 'string') joined[joined.length - 1] = last + region;
    else if (region !== '') joined.push(region);
  }
  return joined;
}

function conflictOf(regions: readonly Region[]): MergeConflict {
  return { kind: 'conflict', hunks: regions.filter((region) => typeof region !== 'string'), regions };
}

/** Lines with their ends, so that joining them gives the text again. */
function linesOf(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+/g) ?? [];
}
