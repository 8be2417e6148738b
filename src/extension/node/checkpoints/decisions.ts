import type { ConflictChoice } from '../../../core/resolveConflict.ts';
import { CheckpointError } from './checkpointError.ts';

/** What a person decided at the overlaps of each file, in the order in which they come. */
export type DecidedFiles = Readonly<Record<string, readonly ConflictChoice[]>>;

/**
 * What to do where the person's later edits overlap: nothing at all, keep theirs, or take what was before the
 * generation.
 */
export type OnConflict = 'stop' | 'mine' | 'old';

/** Hands out a person's decisions, each once; a file can overlap in several of the generations that are rolled back. */
export class Decisions {
  readonly #files: ReadonlyMap<string, readonly ConflictChoice[]>;
  readonly #taken = new Map<string, number>();

  constructor(files: DecidedFiles = {}) {
    this.#files = new Map(Object.entries(files));
  }

  /** The choices for a file's next overlaps; null unless all of them are decided. */
  take(path: string, count: number): readonly ConflictChoice[] | null {
    const start = this.#taken.get(path) ?? 0;
    const choices = (this.#files.get(path) ?? []).slice(start, start + count);
    if (choices.length < count) return null;
    this.#taken.set(path, start + count);
    return choices;
  }
}

const ways: readonly string[] = ['stop', 'mine', 'old'] satisfies OnConflict[];
const choices: readonly string[] = ['mine', 'old', 'both'] satisfies ConflictChoice[];

/** Callers can be in plain JavaScript: a word that means nothing must not pass for one that writes. `unclear`. */
export function refuseUnknownChoices(onConflict: OnConflict, decisions: DecidedFiles = {}): void {
  if (!ways.includes(onConflict)) throw new CheckpointError('unclear', { code: onConflict });
  for (const [path, taken] of Object.entries(decisions)) {
    const unknown = taken.find((choice) => !choices.includes(choice));
    if (unknown !== undefined) throw new CheckpointError('unclear', { path, code: unknown });
  }
}
