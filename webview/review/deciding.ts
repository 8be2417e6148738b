import type { Decision, FileSides } from '../../src/protocol/review.ts';
import { overlapsOf } from './overlaps.ts';
import type { WantedUndo } from './reviewSteps.ts';

/** One place where the person decides: what each side would put there, as text or, for what is no text, in words. */
export interface Place {
  readonly kind: 'lines' | 'file';
  /** Counted from 1, in the file as it is now. */
  readonly line: number;
  readonly mine: string | FileSides['now'];
  readonly old: string | FileSides['before'];
  readonly choice: Decision | null;
}

/** An undo that waits: nothing is written until every place is decided. */
export interface Deciding {
  readonly wanted: WantedUndo;
  readonly files: readonly { readonly path: string; readonly places: readonly Place[] }[];
}

/** The places of an undo that later edits overlap with. */
export function decidingOf(wanted: WantedUndo, conflicts: readonly { path: string; sides: FileSides }[]): Deciding {
  return { wanted, files: conflicts.map(({ path, sides }) => ({ path, places: placesOf(path, sides, wanted) })) };
}

/** The same with one place decided. */
export function decided(deciding: Deciding, path: string, index: number, choice: Decision): Deciding {
  const files = deciding.files.map((file) =>
    file.path === path
      ? { ...file, places: file.places.map((place, at) => (at === index ? { ...place, choice } : place)) }
      : file,
  );
  return { ...deciding, files };
}

/** How many places still wait. */
export function undecidedPlaces({ files }: Deciding): number {
  return files.flatMap(({ places }) => places).filter(({ choice }) => choice === null).length;
}

/** The decisions as they are asked for, by file; only meaningful once every place is decided. */
export function decisionsOf({ files }: Deciding): Record<string, Decision[]> {
  return Object.fromEntries(
    files.map(({ path, places }) => [path, places.flatMap(({ choice }) => (choice === null ? [] : [choice]))]),
  );
}

function placesOf(path: string, sides: FileSides, { hunks }: WantedUndo): Place[] {
  const overlaps = overlapsOf(sides, hunks?.path === path ? hunks.positions : null);
  // Also where no lines overlap but something else stands in the way, the file is decided as a whole.
  if (overlaps.kind === 'whole' || overlaps.hunks.length === 0) {
    return [{ kind: 'file', line: 1, mine: sides.now, old: sides.before, choice: null }];
  }
  return overlaps.hunks.map(({ startLine, mine, old }) => {
    return { kind: 'lines', line: startLine, mine: mine ?? '', old: old ?? '', choice: null };
  });
}
