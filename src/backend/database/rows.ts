import { joinKey, type Table } from './table.ts';

/**
 * The rows of one table that a unit of work has read, and what becomes of them. Rows are immutable: a change puts
 * another in the place, and can be taken back until it is written.
 */
export class Rows<R> {
  readonly table: Table<R>;
  readonly #undo: (() => void)[];
  readonly #places = new Map<string, Place<R>>();
  readonly #changed = new Set<Place<R>>();
  readonly #added: R[] = [];

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
    return this.#places.has(joinKey(key));
  }

  /** The database's answer for this key: its row, or that there is none. */
  fill(key: readonly string[], found?: { row: R; version: number }): void {
    this.#places.set(joinKey(key), { stored: found?.row, now: found?.row, version: found?.version ?? 0 });
  }

  /** The row as it stands in this unit of work; undefined if there is none. Throws for a key that was not asked for. */
  find(...key: readonly string[]): R | undefined {
    return this.#placeOf(joinKey(key)).now;
  }

  /** Puts a new row, or another in the place of one that was read. */
  put(row: R): void {
    const place = this.#placeOf(this.table.keyOf(row));
    const before = place.now;
    this.#undo.push(() => (place.now = before));
    place.now = row;
    this.#changed.add(place);
  }

  /** Adds a row that stays as it is and only the database needs to know; if it is there, the unit of work fails. */
  add(row: R): void {
    if (this.table.isChangeable) throw new Error(`${this.table.name} has rows that change: they are put`);
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
    const put: R[] = [];
    for (const { stored, now } of this.#changed) if (stored === undefined && now !== undefined) put.push(now);
    return put.length === 0 ? this.#added : [...put, ...this.#added];
  }

  /** What is another than it was read: as it was and as it is, with the version that it had. */
  get updates(): readonly Update<R>[] {
    const updates: Update<R>[] = [];
    for (const { stored, now, version } of this.#changed) {
      if (stored !== undefined && now !== undefined && stored !== now)
        updates.push({ before: stored, row: now, version });
    }
    return updates;
  }

  /** What is new has been taken to be written: what is now is what is stored. */
  settle(): void {
    for (const place of this.#changed) {
      if (place.stored === place.now) continue;
      place.version = place.stored === undefined ? 0 : place.version + 1;
      place.stored = place.now;
    }
    this.#changed.clear();
    this.#added.length = 0;
  }

  forget(): void {
    this.#places.clear();
    this.#changed.clear();
    this.#added.length = 0;
  }

  #placeOf(key: string): Place<R> {
    const place = this.#places.get(key);
    if (place === undefined) throw new Error(`${this.table.name} was not asked for this row`);
    return place;
  }
}

/** A change of a row that the database has. */
export interface Update<R> {
  readonly before: R;
  readonly row: R;
  /** That the row had when it was read. */
  readonly version: number;
}

interface Place<R> {
  stored: R | undefined;
  now: R | undefined;
  version: number;
}
