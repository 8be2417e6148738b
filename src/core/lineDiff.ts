import { diffArrays } from 'diff';

/**
 * One contiguous place where two texts differ, in lines counted from 0: `removed` lines of the old, `added` lines of
 * the new.
 */
export interface LineHunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/**
 * More moved and repeated lines than this, and all between the first and the last difference is one hunk: a finer
 * answer would take a second.
 */
const MAX_EDIT_LINES = 600;

/** The hunks that lead from one text to another, in order. Byte exact: a line includes its end. */
export function lineDiff(oldText: string, newText: string): LineHunk[] {
  const [oldLines, newLines] = [linesOf(oldText), linesOf(newText)];
  const start = commonStart(oldLines, newLines);
  const end = commonEnd(oldLines, newLines, start);
  const [oldMiddle, newMiddle] = [
    oldLines.slice(start, oldLines.length - end),
    newLines.slice(start, newLines.length - end),
  ];
  if (oldMiddle.length === 0 && newMiddle.length === 0) return [];
  if (oldMiddle.length === 0 || newMiddle.length === 0) {
    return [{ oldStart: start, newStart: start, removed: oldMiddle, added: newMiddle }];
  }
  return middleHunks(oldMiddle, newMiddle, start);
}

/** How many lines a change adds and removes. */
export function countLines(oldText: string, newText: string): { added: number; removed: number } {
  const hunks = lineDiff(oldText, newText);
  return {
    added: hunks.reduce((sum, hunk) => sum + hunk.added.length, 0),
    removed: hunks.reduce((sum, hunk) => sum + hunk.removed.length, 0),
  };
}

/**
 * The old text with only the chosen hunks (by their position in `lineDiff`) taken over. RangeError if there is no such
 * hunk.
 */
export function takeHunks(oldText: string, newText: string, chosen: readonly number[]): string {
  const hunks = lineDiff(oldText, newText);
  for (const index of chosen)
    if (hunks[index] === undefined) throw new RangeError(`There is no hunk ${String(index)}.`);
  const lines: string[] = [];
  const oldLines = linesOf(oldText);
  let position = 0;
  for (const [index, hunk] of hunks.entries()) {
    lines.push(...oldLines.slice(position, hunk.oldStart), ...(chosen.includes(index) ? hunk.added : hunk.removed));
    position = hunk.oldStart + hunk.removed.length;
  }
  return [...lines, ...oldLines.slice(position)].join('');
}

/** Lines with their ends (LF, CRLF or CR), so that joining them gives the text again. */
export function linesOf(text: string): string[] {
  return text.match(LINE) ?? [];
}

const LINE = /(?!$)[^\r\n]*(?:\r\n?|\n)?/g;

/**
 * The hunks between two lists of lines that differ at both ends. Lines that only one side has can't be matched, so they
 * are left out of the search, which makes a rewritten file as quick as a touched one.
 */
function middleHunks(oldLines: readonly string[], newLines: readonly string[], offset: number): LineHunk[] {
  const [inOld, inNew] = [new Set(oldLines), new Set(newLines)];
  const oldPlaces = placesOf(oldLines, inNew);
  const newPlaces = placesOf(newLines, inOld);
  const pairs = matches(oldLines, newLines, oldPlaces, newPlaces);
  const hunks: LineHunk[] = [];
  let [oldAt, newAt] = [0, 0];
  for (const [oldPlace, newPlace] of [...pairs, [oldLines.length, newLines.length] as const]) {
    if (oldPlace > oldAt || newPlace > newAt) {
      const [removed, added] = [oldLines.slice(oldAt, oldPlace), newLines.slice(newAt, newPlace)];
      hunks.push({ oldStart: offset + oldAt, newStart: offset + newAt, removed, added });
    }
    [oldAt, newAt] = [oldPlace + 1, newPlace + 1];
  }
  return hunks;
}

function placesOf(lines: readonly string[], others: ReadonlySet<string>): number[] {
  return lines.flatMap((line, place) => (others.has(line) ? [place] : []));
}

/** Which lines of the two sides are the same ones, in order. */
function matches(
  oldLines: readonly string[],
  newLines: readonly string[],
  oldPlaces: readonly number[],
  newPlaces: readonly number[],
): [number, number][] {
  const common = (lines: readonly string[], places: readonly number[]): string[] =>
    places.map((place) => lines[place] ?? '');
  const [oldCommon, newCommon] = [common(oldLines, oldPlaces), common(newLines, newPlaces)];
  const pairs: [number, number][] = [];
  let [oldAt, newAt] = [0, 0];
  for (const { value, added, removed } of diffArrays(oldCommon, newCommon, { maxEditLength: MAX_EDIT_LINES }) ?? []) {
    for (let at = 0; at < value.length && !added && !removed; at += 1) {
      pairs.push([oldPlaces[oldAt + at] ?? 0, newPlaces[newAt + at] ?? 0]);
    }
    if (!added) oldAt += value.length;
    if (!removed) newAt += value.length;
  }
  return pairs;
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a[count] === b[count]) count += 1;
  return count;
}

function commonEnd(a: readonly string[], b: readonly string[], start: number): number {
  const most = Math.min(a.length, b.length) - start;
  let count = 0;
  while (count < most && a[a.length - 1 - count] === b[b.length - 1 - count]) count += 1;
  return count;
}
