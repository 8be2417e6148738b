import type { ReviewedFile, UndoRequest } from '../../src/protocol/review.ts';
import type { DiffDocument, ShownHunk } from './diffDocument.ts';

type Texts = Extract<DiffDocument, { kind: 'texts' }>;
export type WantedUndo = Omit<UndoRequest, 'decisions'>;

/** The file before (-1) or after (1) one in the list; null at the ends. */
export function neighbour(files: readonly ReviewedFile[], path: string, step: 1 | -1): string | null {
  const at = files.findIndex((file) => file.path === path);
  return files[at + step]?.path ?? null;
}

/** The next file after one that waits for a decision, going round; null if none does. */
export function nextPending(files: readonly ReviewedFile[], path: string): string | null {
  const at = files.findIndex((file) => file.path === path);
  const round = [...files.slice(at + 1), ...files.slice(0, Math.max(at, 0))];
  return round.find(({ state, kind }) => state === 'pending' && kind !== 'outside')?.path ?? null;
}

/** The number of the next hunk after one that waits for a decision, going round; 0 if none does. */
export function nextHunk(hunks: readonly ShownHunk[], number: number): number {
  const round = [...hunks.slice(number), ...hunks.slice(0, number)];
  return round.find(({ kept, kind }) => !kept && kind !== 'later')?.number ?? 0;
}

/**
 * What undoing one hunk asks for: with the last one of a file, the file itself is undone, but for a moved one, which
 * keeps its new place until that is undone, too.
 */
export function undoOfHunk({ path, kind }: ReviewedFile, { undone, ownCount }: Texts, { own }: ShownHunk): WantedUndo {
  const isAll = kind !== 'renamed' && new Set([...undone, ...own]).size === ownCount;
  return isAll ? { files: [path], hunks: null } : { files: [], hunks: { path, positions: [...own] } };
}

/** Whether keeping these hunks decides the last of a file. */
export function keepsAll({ pending }: Texts, own: readonly number[]): boolean {
  return pending.every((position) => own.includes(position));
}
