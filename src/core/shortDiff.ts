import { lineDiff, linesOf, type LineHunk } from './lineDiff.ts';

/** One line of a short diff, without its end; a `gap` stands for equal lines that are left out. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed' | 'gap';
  readonly text: string;
  /** The change that an added or removed line belongs to, by its position in `lineDiff(newText, oldText)`. */
  readonly hunk?: number;
}

/** A small diff for a narrow place; `isCut`: there is more than it shows. */
export interface ShortDiff {
  readonly lines: readonly DiffLine[];
  readonly isCut: boolean;
}

/** Enough around a change to recognise its place in a narrow column. */
const CONTEXT_LINES = 2;

/** About a screen of a side bar; who wants more reads it in a review. */
const MOST_LINES = 40;

/** Longer lines are data or minified code, and no one reads them in a side bar. */
const MOST_CHARACTERS = 300;

/** The changes that lead from one text to another with a little around them, as a few lines to read. */
export function shortDiff(oldText: string, newText: string): ShortDiff {
  const newLines = linesOf(newText);
  const lines: DiffLine[] = [];
  let shownTo = 0;
  for (const [position, hunk] of hunksOf(oldText, newText).entries()) {
    const start = Math.max(shownTo, hunk.newStart - CONTEXT_LINES);
    // Behind what is around the change before, the next one may begin at once.
    const before = newLines.slice(shownTo, Math.min(hunk.newStart, shownTo + trailing(lines)));
    lines.push(...sameLines(before));
    if (start > shownTo + before.length) lines.push({ kind: 'gap', text: '' });
    lines.push(
      ...sameLines(newLines.slice(Math.max(start, shownTo + before.length), hunk.newStart)),
      ...changed(hunk, position),
    );
    shownTo = hunk.newStart + hunk.added.length;
  }
  const tail = newLines.slice(shownTo, shownTo + trailing(lines));
  lines.push(...sameLines(tail));
  if (tail.length > 0 && shownTo + tail.length < newLines.length) lines.push({ kind: 'gap', text: '' });
  return { lines: lines.slice(0, MOST_LINES), isCut: lines.length > MOST_LINES };
}

function trailing(lines: readonly DiffLine[]): number {
  return lines.length === 0 ? 0 : CONTEXT_LINES;
}

/** The hunks as a roll back names them: it leads from the new text to the old one. */
function hunksOf(oldText: string, newText: string): LineHunk[] {
  return lineDiff(newText, oldText).map(({ oldStart, newStart, removed, added }) => {
    return { oldStart: newStart, newStart: oldStart, removed: added, added: removed };
  });
}

function changed({ removed, added }: LineHunk, hunk: number): DiffLine[] {
  return [
    ...removed.map((line): DiffLine => ({ kind: 'removed', text: shown(line), hunk })),
    ...added.map((line): DiffLine => ({ kind: 'added', text: shown(line), hunk })),
  ];
}

function sameLines(lines: readonly string[]): DiffLine[] {
  return lines.map((line) => ({ kind: 'same', text: shown(line) }));
}

function shown(line: string): string {
  const text = line.replace(/[\r\n]+$/, '');
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
