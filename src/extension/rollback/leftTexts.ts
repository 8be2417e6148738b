import { mergeRollback } from '../../core/merge.ts';

/** What the generations of this window left in the files they changed: by it the line of a later edit is found. */
export class LeftTexts {
  readonly #texts = new Map<string, string>();

  remember(folder: string, path: string, text: string): void {
    const key = keyOf(folder, path);
    this.#texts.delete(key);
    this.#texts.set(key, text);
    const oldest = this.#texts.keys().next();
    if (this.#texts.size > MOST_TEXTS && !oldest.done) this.#texts.delete(oldest.value);
  }

  has(folder: string, path: string): boolean {
    return this.#texts.has(keyOf(folder, path));
  }

  /** A roll back or its redo made one text of another: in those lines nothing is left of what the person edited. */
  follow(folder: string, path: string, { from, to }: { from: string | null; to: string | null }): void {
    const left = this.#texts.get(keyOf(folder, path));
    if (left === undefined || from === null || to === null) return;
    const merge = mergeRollback(to, from, left);
    const regions = merge.kind === 'merged' ? [merge.text] : merge.regions;
    const texts = regions.map((region) => (typeof region === 'object' ? region?.old : region) ?? '');
    this.remember(folder, path, texts.join(''));
  }

  /**
   * The first line, counted from 1, in which a file differs from what was left; null if it does not, or is not known.
   */
  editedLine(folder: string, path: string, now: string): number | null {
    const left = this.#texts.get(keyOf(folder, path));
    if (left === undefined || left === now) return null;
    const lines = left.split('\n');
    const at = now.split('\n').findIndex((line, index) => line !== lines[index]);
    return at < 0 ? null : at + 1;
  }
}

/** As many files as one looks back at; older ones are rolled back just as well, without a line number. */
const MOST_TEXTS = 200;

function keyOf(folder: string, path: string): string {
  return `${folder}\n${path}`;
}
