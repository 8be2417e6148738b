import type { ConflictChoice } from '../../../core/resolveConflict.ts';

/** What a person decided at the overlaps of each file, in the order in which they come. */
export type DecidedFiles = Readonly<Record<string, readonly ConflictChoice[]>>;

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
