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
 * More lines than this between two texts, and what lies between their common start and end counts as one hunk: finding
 * a finer answer would take seconds.
 */
const MAX_EDIT_LINES = 2_000;

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
  const lines: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = endOfLine(text, start);
    lines.push(text.slice(start, end));
    start = end;
  }
  return lines;
}

function endOfLine(text: string, start: number): number {
  const feed = text.indexOf('\n', start);
  const end = feed === -1 ? text.length : feed + 1;
  const carriage = text.slice(start, end).indexOf('\r');
  if (carriage === -1) return end;
  const next = start + carriage + 1;
  return next === feed ? end : next;
}

function middleHunks(oldLines: string[], newLines: string[], offset: number): LineHunk[] {
  const changes = diffArrays(oldLines, newLines, { maxEditLength: MAX_EDIT_LINES });
  if (changes === undefined) return [{ oldStart: offset, newStart: offset, removed: oldLines, added: newLines }];
  const hunks: LineHunk[] = [];
  let [oldAt, newAt] = [offset, offset];
  let open: { oldStart: number; newStart: number; removed: string[]; added: string[] } | null = null;
  for (const { value, added, removed } of changes) {
    if (!added && !removed) {
      open = null;
    } else if (open === null) {
      open = { oldStart: oldAt, newStart: newAt, removed: [], added: [] };
      hunks.push(open);
    }
    if (removed) open?.removed.push(...value);
    if (added) open?.added.push(...value);
    if (!added) oldAt += value.length;
    if (!removed) newAt += value.length;
  }
  return hunks;
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
