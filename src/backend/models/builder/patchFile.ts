import { structuredPatch } from 'diff';

/** One exact replacement; `find` stands exactly once in the file when its turn comes. */
export interface Edit {
  readonly find: string;
  readonly replace: string;
}

export interface Patched {
  readonly edits: readonly Edit[];
  readonly content: string;
}

/** More lines around a change than this don't make its place any clearer. */
const MOST_CONTEXT = 8;
/** A file that keeps fewer of our lines than this share is no longer ours to change. */
const LEAST_LIKENESS = 0.7;

/**
 * Carries the change from `before` to `after` (both as Builder writes them) over to `now`, the file as it stands with a
 * person's own edits. Null if the file is no longer like ours or the place of a change isn't found exactly once.
 */
export function patchFile(before: string, after: string, now: string): Patched | null {
  if (before === after) return { edits: [], content: now };
  const crlf = now.includes('\r\n');
  const current = crlf ? now.replace(/\r\n/g, '\n') : now;
  if (likeness(before, current) < LEAST_LIKENESS) return null;
  for (let context = 1; context <= MOST_CONTEXT; context += 1) {
    const patched = patchWith(before, after, current, context);
    if (patched) return crlf ? withCrlf(patched) : patched;
  }
  return null;
}

function patchWith(before: string, after: string, now: string, context: number): Patched | null {
  const edits: Edit[] = [];
  let content = now;
  for (const hunk of structuredPatch('', '', before, after, '', '', { context }).hunks) {
    const lines = hunk.lines.filter((line) => !line.startsWith('\\'));
    const find = lines
      .filter((line) => !line.startsWith('+'))
      .map((line) => line.slice(1))
      .join('\n');
    const replace = lines
      .filter((line) => !line.startsWith('-'))
      .map((line) => line.slice(1))
      .join('\n');
    const at = content.indexOf(find);
    if (at === -1 || content.indexOf(find, at + 1) !== -1) return null;
    edits.push({ find, replace });
    content = content.slice(0, at) + replace + content.slice(at + find.length);
  }
  return { edits, content };
}

function withCrlf({ edits, content }: Patched): Patched {
  const wide = (text: string) => text.replace(/\n/g, '\r\n');
  return {
    edits: edits.map(({ find, replace }) => ({ find: wide(find), replace: wide(replace) })),
    content: wide(content),
  };
}

/** The share of the lines of `before` that still stand in `now`. */
function likeness(before: string, now: string): number {
  const lines = before
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length > 3);
  const standing = new Set(now.split('\n').map((line) => line.trim()));
  return lines.filter((line) => standing.has(line)).length / Math.max(1, lines.length);
}
