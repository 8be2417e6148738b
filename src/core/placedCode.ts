/**
 * A file's text with a code block of an answer in it. It takes the place of what is selected; else of the lines from
 * its own first to its own last one, where they are in the file; else of the whole file, where it looks like one; else
 * it stands at the caret, or at the end. Offsets are UTF-16 code units; lines end with \n in what is put in.
 */
export function placedCode(text: string, code: string, at: Selected | null): string {
  const block = code.replace(/\r\n/g, '\n').replace(/\n*$/, '\n');
  if (text.trim() === '') return block;
  if (at && at.start < at.end) return text.slice(0, at.start) + block.trimEnd() + text.slice(at.end);
  const lines = text.split('\n');
  const range = rangeOf(lines, block.trimEnd().split('\n'));
  if (range) return [...lines.slice(0, range.from), ...range.block, ...lines.slice(range.to + 1)].join('\n');
  if (isWhole(lines, block.trimEnd().split('\n'))) return block;
  if (!at) return `${text.replace(/\n*$/, '\n')}\n${block}`;
  const line = text.lastIndexOf('\n', at.start - 1) + 1;
  return text.slice(0, line) + block + text.slice(line);
}

/** Where the person is in the file; a caret where both are the same. */
export interface Selected {
  readonly start: number;
  readonly end: number;
}

/** The one place that begins and ends as the block does, with the block in the file's own indentation. */
function rangeOf(
  lines: readonly string[],
  block: readonly string[],
): { from: number; to: number; block: string[] } | null {
  const [first = '', last = ''] = [block[0], block.at(-1)];
  if (block.length < 2 || first.trim() === '') return null;
  const starts = lines.flatMap((line, index) => (line.trim() === first.trim() ? [index] : []));
  const [from] = starts;
  if (from === undefined || starts.length > 1) return null;
  const shifted = block.map((line) => shiftedBy(line, indentOf(first), indentOf(lines[from] ?? '')));
  const end = shifted.at(-1)?.trimEnd() ?? last;
  const to = lines.findIndex((line, index) => index > from && line.trimEnd() === end);
  return to === -1 ? null : { from, to, block: shifted };
}

/** It is at least half as long as the file; a quarter, if it begins as the file does. */
function isWhole(lines: readonly string[], block: readonly string[]): boolean {
  const firstOf = (all: readonly string[]) => all.find((line) => line.trim() !== '')?.trim();
  return block.length * (firstOf(lines) === firstOf(block) ? 4 : 2) >= lines.length;
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function shiftedBy(line: string, from: string, to: string): string {
  return line.startsWith(from) && line.trim() !== '' ? to + line.slice(from.length) : line;
}
