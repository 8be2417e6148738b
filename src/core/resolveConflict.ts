import type { ConflictHunk, MergeConflict } from './merge.ts';

/** What a person takes at an overlap: what is there now, what was there before the generation, or the one after the other. */
export type ConflictChoice = 'mine' | 'old' | 'both';

/** The text of a conflict once each of its hunks is decided; null if the file then does not exist. */
export function resolveConflict(
  conflict: MergeConflict,
  choose: (hunk: ConflictHunk, index: number) => ConflictChoice,
): string | null {
  const pieces = conflict.regions.map((region) =>
    typeof region === 'string' ? region : take(region, choose(region, conflict.hunks.indexOf(region))),
  );
  const texts = pieces.filter((piece) => piece !== null);
  return texts.length === 0 && pieces.length > 0 ? null : texts.join('');
}

function take(hunk: ConflictHunk, choice: ConflictChoice): string | null {
  if (choice === 'mine') return hunk.mine;
  if (choice === 'old') return hunk.old;
  if (hunk.mine === null || hunk.old === null) return hunk.mine ?? hunk.old;
  const ended = hunk.mine === '' || /[\r\n]$/.test(hunk.mine);
  return ended ? hunk.mine + hunk.old : `${hunk.mine}\n${hunk.old}`;
}
