import type { ConflictHunk, MergeConflict } from './merge.ts';

/**
 * What a person takes at an overlap: what is there now, what was there before the generation, or the one after the
 * other.
 */
export type ConflictChoice = 'mine' | 'old' | 'both';

/** The text of a conflict once each of its hunks is decided; null if the file then does not exist. */
export function resolveConflict(
  conflict: MergeConflict,
  choose: (hunk: ConflictHunk, index: number) => ConflictChoice,
): string | null {
  const lineEnd = lineEndOf(conflict);
  const pieces = conflict.regions.map((region) =>
    typeof region === 'string' ? region : take(region, choose(region, conflict.hunks.indexOf(region)), lineEnd),
  );
  const texts = pieces.filter((piece) => piece !== null);
  return texts.length === 0 && pieces.length > 0 ? null : texts.join('');
}

function take(hunk: ConflictHunk, choice: ConflictChoice, lineEnd: string): string | null {
  if (choice === 'mine') return hunk.mine;
  if (choice === 'old') return hunk.old;
  if (hunk.mine === null || hunk.old === null) return hunk.mine ?? hunk.old;
  const ended = hunk.mine === '' || hunk.old === '' || /[\r\n]$/.test(hunk.mine);
  return hunk.mine + (ended ? '' : lineEnd) + hunk.old;
}

/** The first line end of the file, to part two last lines that have none. */
function lineEndOf(conflict: MergeConflict): string {
  for (const region of conflict.regions) {
    const text = typeof region === 'string' ? region : `${region.mine ?? ''}${region.old ?? ''}`;
    const found = /\r\n|\r|\n/.exec(text);
    if (found !== null) return found[0];
  }
  return '\n';
}
