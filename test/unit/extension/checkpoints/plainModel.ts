/** A file as the plain model sees it: a mode, and lines that lie so far apart that edits of two of them never touch. */
export interface ModelFile {
  readonly mode: number;
  readonly slots: readonly string[];
}

export type ModelFiles = ReadonlyMap<string, ModelFile>;

interface ModelChange {
  readonly id: string;
  readonly path: string;
  readonly before: ModelFile | undefined;
  readonly after: ModelFile | undefined;
}

interface ModelRollback {
  readonly id: string;
  readonly changes: readonly ModelChange[];
  readonly undone: readonly ModelChange[];
  /** Changes of which a part was taken back, or nothing because the person's edits stand there. */
  readonly partly: readonly ModelChange[];
  /** Generations that had changed nothing. */
  readonly emptied: readonly string[];
  redone: boolean;
}

export type Side = 'stop' | 'mine' | 'old';

/** What the checkpoint store promises, with no merge, no disk and no journal: lines are taken back one by one. */
export class PlainModel {
  files = new Map<string, ModelFile>();
  readonly generations = new Map<string, ModelChange[]>();
  readonly rollbacks: ModelRollback[] = [];

  generate(id: string, change: (files: Map<string, ModelFile>) => void): void {
    const before = new Map(this.files);
    change(this.files);
    const paths = [...new Set([...before.keys(), ...this.files.keys()])];
    const changes = paths.map((path) => ({ id, path, before: before.get(path), after: this.files.get(path) }));
    this.generations.set(
      id,
      changes.filter((each) => !same(each.before, each.after)),
    );
  }

  /** The paths that overlap; with `stop` nothing happens if there is one. */
  rollBack(id: string, ids: readonly string[], file: string | null, side: Side): string[] {
    const chosen = [...this.generations].reverse().filter(([generation]) => ids.includes(generation));
    const changes = chosen.flatMap(([, all]) => all.filter(({ path }) => file === null || path === file));
    const open = changes.filter((change) => !this.#isUndone(change));
    const isLeft = ([generation, all]: (typeof chosen)[number]): boolean =>
      all.length === 0 && this.stateOf(generation) === 'kept';
    const emptied = file === null ? chosen.filter(isLeft).map(([generation]) => generation) : [];
    return this.#undo(id, open, side, [], emptied);
  }

  /**
   * In which lines generations changed a file in sum, unless one of them made or removed it, or somebody else changed
   * it between them. What is rolled back already is not in it.
   */
  changedSlots(ids: readonly string[], path: string): number[] {
    const sum = this.#sum(ids, path);
    if (sum?.before === undefined || sum.after === undefined) return [];
    const { slots } = sum.before;
    return sum.after.slots.flatMap((slot, index) => (slot === slots[index] ? [] : [index]));
  }

  /** The same for some of the lines that generations changed in a file. */
  rollBackSlots(id: string, ids: readonly string[], path: string, slots: readonly number[], side: Side): string[] {
    const sum = this.#sum(ids, path);
    const [old, fresh] = [sum?.before, sum?.after];
    if (sum === null || old === undefined || fresh === undefined) return [];
    const wanted = fresh.slots.map((slot, index) => (slots.includes(index) ? (old.slots[index] ?? '') : slot));
    const part = { ...sum, before: { mode: fresh.mode, slots: wanted } };
    return this.#undo(id, [part], side, this.#standing(ids, path));
  }

  /** What a list says of a generation that has ended. */
  stateOf(id: string): 'kept' | 'partly' | 'rolledBack' {
    const changes = this.generations.get(id) ?? [];
    const active = this.rollbacks.filter(({ redone }) => !redone);
    if (changes.length === 0) return active.some(({ emptied }) => emptied.includes(id)) ? 'rolledBack' : 'kept';
    if (changes.every((change) => this.#isUndone(change))) return 'rolledBack';
    const isTouched = (change: ModelChange): boolean =>
      active.some(({ undone, partly }) => undone.includes(change) || partly.includes(change));
    return changes.some(isTouched) ? 'partly' : 'kept';
  }

  redo(id: string, side: Side): string[] {
    const rollback = this.rollbacks.find((each) => each.id === id);
    if (rollback === undefined || rollback.redone) return [];
    const conflicts = this.#undo(null, rollback.changes, side);
    if (conflicts.length === 0 || side !== 'stop') rollback.redone = true;
    return conflicts;
  }

  #standing(ids: readonly string[], path: string): ModelChange[] {
    const chosen = [...this.generations].filter(([id]) => ids.includes(id));
    return chosen.flatMap(([, all]) => all.filter((change) => change.path === path && !this.#isUndone(change)));
  }

  /** The changes of a file that still stand, as one; null if something came between them. */
  #sum(ids: readonly string[], path: string): ModelChange | null {
    const changes = this.#standing(ids, path);
    const [first, last] = [changes[0], changes.at(-1)];
    const isChain = changes.every(({ before }, index) => index === 0 || same(before, changes[index - 1]?.after));
    return first === undefined || last === undefined || !isChain ? null : { ...last, before: first.before };
  }

  #isUndone(change: ModelChange): boolean {
    return this.rollbacks.some(({ redone, undone }) => !redone && undone.includes(change));
  }

  /** Where `partOf` names changes, only a part of them is taken back: the rest can be taken back later. */
  #undo(
    id: string | null,
    changes: readonly ModelChange[],
    side: Side,
    partOf: readonly ModelChange[] = [],
    emptied: readonly string[] = [],
  ): string[] {
    const [before, now] = [this.files, new Map(this.files)];
    const conflicts = new Set<string>();
    const whole: ModelChange[] = [];
    for (const change of changes) {
      const { file, conflict } = undone(change.before, change.after, now.get(change.path), side);
      if (conflict) conflicts.add(change.path);
      if (partOf.length === 0 && (!conflict || side === 'old')) whole.push(change);
      if (file === undefined) now.delete(change.path);
      else now.set(change.path, file);
    }
    if (conflicts.size > 0 && side === 'stop') return [...conflicts];
    this.files = now;
    const paths = [...new Set(changes.map(({ path }) => path))];
    const steps = paths.map((path) => ({ id: '', path, before: before.get(path), after: now.get(path) }));
    const partly = partOf.length > 0 ? partOf : changes.filter((change) => !whole.includes(change));
    if (id !== null) this.rollbacks.push({ id, changes: steps, undone: whole, partly, emptied, redone: false });
    return [...conflicts];
  }
}

function undone(
  before: ModelFile | undefined,
  after: ModelFile | undefined,
  now: ModelFile | undefined,
  side: Side,
): { file: ModelFile | undefined; conflict: boolean } {
  if (same(now, after)) return { file: before, conflict: false };
  if (same(before, after) || same(now, before)) return { file: now, conflict: false };
  const overlap = { file: side === 'old' ? before : now, conflict: true };
  if (after === undefined || now === undefined) return overlap;
  if (before === undefined) return sameSlots(now, after) ? { file: before, conflict: false } : overlap;
  const mode = now.mode === after.mode ? before.mode : now.mode;
  let conflict = false;
  const slots = now.slots.map((mine, index) => {
    const [old, made] = [before.slots[index] ?? '', after.slots[index] ?? ''];
    if (mine === made) return old;
    if (old === made || mine === old) return mine;
    conflict = true;
    return side === 'old' ? old : mine;
  });
  return { file: { mode, slots }, conflict };
}

function same(a: ModelFile | undefined, b: ModelFile | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.mode === b.mode && sameSlots(a, b);
}

function sameSlots(a: ModelFile, b: ModelFile): boolean {
  return a.slots.join() === b.slots.join();
}
