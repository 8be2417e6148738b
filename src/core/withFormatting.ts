import { lineAnchors } from './lineAnchors.ts';
import { linesOf } from './lineDiff.ts';
import { mergeRollback } from './merge.ts';
import { resolveConflict } from './resolveConflict.ts';

/**
 * A text with what a formatter made of another one that was edited since: its change of `from` to `to` without the
 * edits. A formatter changes nearly every line, so lines are matched by their letters and digits; where it changed the
 * very lines that were edited, they stay as they were.
 */
export function withFormatting(text: string, { from, to }: { readonly from: string; readonly to: string }): string {
  if (text === from) return to;
  const sides = { now: linesOf(text), base: linesOf(from), before: linesOf(to) };
  const anchors = lineAnchors(sides.base.map(letters), sides.now.map(letters), sides.before.map(letters));
  const starts = [{ now: 0, base: 0, before: 0 }, ...anchors.flatMap((anchor) => [anchor, after(anchor)])];
  const pieces = starts.map((start, index) => {
    const end = starts[index + 1];
    const piece = (side: keyof typeof sides): string => sides[side].slice(start[side], end?.[side]).join('');
    const merge = mergeRollback(piece('before'), piece('base'), piece('now'));
    return merge.kind === 'merged' ? merge.text : resolveConflict(merge, () => 'mine');
  });
  return pieces.join('');
}

function letters(line: string): string {
  return line.replace(/[^\p{L}\p{N}]/gu, '');
}

function after({ now, base, before }: { now: number; base: number; before: number }) {
  return { now: now + 1, base: base + 1, before: before + 1 };
}
