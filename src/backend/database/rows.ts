import { KEY_SEPARATOR, type Table } from './table.ts';

/**
 * The rows of one table that a unit of work has read, and what becomes of them. Rows are immutable: a change puts
 * another in the place, and can be taken back until it is written.
 */
export class Rows<R> {
  readonly table: Table<R>;
  readonly #undo: (() => void)[];
  readonly #places = new Map<string, Place<R>>();
  readonly #changed = new Set<Place<R>>();
  #added: R[] = [];

  /** `undo` is given what takes a change back. */
  constructor(table: Table<R>, undo: (() => void)[]) {
    this.table = table;
    this.#undo = undo;
  }

  get size(): number {
    return this.#places.size;
  }

  /** Whether a row of this key has been looked for. */
  has(key: readonly string[]): boolean {
    return this.#places.has(key.join(KEY_SEPARATOR));
  }

  /** The database's answer for this key: its row, or that there is none. */
  fill(key: readonly string[], found?: { row: R; version: number }): void {
    this.#places.set(key.join(KEY_SEPARATOR), { stored: found?.row, now: found?.row, version: found?.version ?? 0 });
  }

  /** The row as it stands in this unit of work; undefined if there is none. Throws for a key that was not asked for. */
  find(...key: readonly string[]): R | undefined {
    const place = this.#places.get(key.join(KEY_SEPARATOR));
    if (place === undefined) throw new Error(`${this.table.name} was not asked for this row`);
    return place.now;
  }

  /** Puts a new row, or another in the place of one that was read. */
  put(row: R): void {
    const place = this.#places.get(this.table.keyOf(row));
    if (place === undefined) throw new Error(`${this.table.name} was not asked for this row`);
    const before = place.now;
    this.#undo.push(() => (place.now = before));
    place.now = row;
    this.#changed.add(place);
  }

  /** Adds a row that only the database needs to know; if it is there already, the unit of work fails. */
  add(row: R): void {
    const place = this.#places.get(this.table.keyOf(row));
    if (place !== undefined) {
      if (place.now !== undefined) throw new Error(`${this.table.name} has this row already`);
      this.#undo.push(() => (place.now = undefined));
      place.now = row;
    }
    const before = this.#added.length;
    this.#undo.push(() => (this.#added.length = before));
    this.#added.push(row);
  }

  /** What is new. */
  get inserts(): readonly R[] {
    const put = this.#changes().flatMap(({ stored, now }) => (stored === undefined && now !== undefined ? [now] : []));
    return [...put, ...this.#added];
  }

  /** What is another than it was read: as it was and as it is, with the version that it had. */
  get updates(): readonly { readonly before: R; readonly row: R; readonly version: number }[] {
    return this.#changes().flatMap(({ stored, now, version }) =>
      stored === undefined || now === undefined ? [] : [{ before: stored, row: now, version }],
    );
  }

  /** Everything is on the disk: what is now is what is stored. */
  settle(): void {
    for (const place of this.#changes()) {
      place.version = place.stored === undefined ? 0 : place.version + 1;
      place.stored = place.now;
    }
    this.#changed.clear();
    this.#added = [];
  }

  forget(): void {
    this.#places.clear();
    this.#changed.clear();
    this.#added = [];
  }

  #changes(): Place<R>[] {
    return [...this.#changed].filter(({ stored, now }) => stored !== now);
  }
}

interface Place<R> {
  stored: R | undefined;
  now: R | undefined;
  version: number;
}
