import { Range } from 'monaco-editor/editor.js';
import { LineRange } from 'monaco-editor/editor/common/core/ranges/lineRange.js';
import { DefaultLinesDiffComputer } from 'monaco-editor/editor/common/diff/defaultLinesDiffComputer/defaultLinesDiffComputer.js';
import { DetailedLineRangeMapping, RangeMapping } from 'monaco-editor/editor/common/diff/rangeMapping.js';
import type { ShownHunk } from './diffDocument.ts';

/** The lines of both texts as Monaco counts them: without their ends, and with an empty one after the last end. */
export interface EditorLines {
  readonly before: readonly string[];
  readonly now: readonly string[];
}

/**
 * The hunks as Monaco wants a diff told: its own would part the file otherwise than a rollback does, so that a press on
 * Undo would take back something else than what is marked.
 */
export function diffMappings(hunks: readonly ShownHunk[], lines: EditorLines): DetailedLineRangeMapping[] {
  const end = performance.now() + MAX_WORD_MILLISECONDS;
  return hunks.map((hunk) => {
    const [original, modified] = rangesOf(hunk, lines);
    return new DetailedLineRangeMapping(original, modified, wordsWithin(original, modified, lines, end));
  });
}

/** Beyond this the words within the remaining hunks are not told apart; their lines are marked all the same. */
const MAX_WORD_MILLISECONDS = 400;
/** Where so much was rewritten at once, marked words are confetti. */
const MAX_WORD_LINES = 120;

/** Monaco's empty line after the last end is nobody's; where only one side has it, it belongs to the last hunk. */
function rangesOf(hunk: ShownHunk, { before, now }: EditorLines): [LineRange, LineRange] {
  const [beforeEnd, nowEnd] = [hunk.before.start + hunk.before.count, hunk.now.start + hunk.now.count];
  const isLast = beforeEnd >= ownLines(before) && nowEnd >= ownLines(now);
  const isUneven = before.length - ownLines(before) !== now.length - ownLines(now) || isEmpty(before) || isEmpty(now);
  const toEnd = isLast && isUneven;
  return [
    new LineRange(hunk.before.start + 1, (toEnd ? before.length : beforeEnd) + 1),
    new LineRange(hunk.now.start + 1, (toEnd ? now.length : nowEnd) + 1),
  ];
}

/** How many lines a text has where one ends with its line end. */
function ownLines(lines: readonly string[]): number {
  return lines.at(-1) === '' ? lines.length - 1 : lines.length;
}

function isEmpty(lines: readonly string[]): boolean {
  return ownLines(lines) === 0;
}

function wordsWithin(
  original: LineRange,
  modified: LineRange,
  lines: EditorLines,
  end: number,
): RangeMapping[] | undefined {
  const [before, now] = [taken(lines.before, original), taken(lines.now, modified)];
  const left = end - performance.now();
  const isMany = before.length > MAX_WORD_LINES || now.length > MAX_WORD_LINES;
  if (before.length === 0 || now.length === 0 || isMany || left <= 0) return undefined;
  const options = { ignoreTrimWhitespace: false, maxComputationTimeMs: Math.ceil(left), computeMoves: false };
  const { changes } = new DefaultLinesDiffComputer().computeDiff(before, now, options);
  const [downOriginal, downModified] = [original.startLineNumber - 1, modified.startLineNumber - 1];
  return changes.flatMap(({ innerChanges }) =>
    (innerChanges ?? []).map(
      (inner) => new RangeMapping(moved(inner.originalRange, downOriginal), moved(inner.modifiedRange, downModified)),
    ),
  );
}

function taken(lines: readonly string[], range: LineRange): readonly string[] {
  return lines.slice(range.startLineNumber - 1, range.endLineNumberExclusive - 1);
}

function moved(range: RangeMapping['originalRange'], down: number): Range {
  return new Range(range.startLineNumber + down, range.startColumn, range.endLineNumber + down, range.endColumn);
}
