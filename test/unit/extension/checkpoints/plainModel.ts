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
    return this.#undo(id, open, side, (change) => change);
  }

  /** In which lines a generation changed a file that it neither made nor removed and that is not rolled back yet. */
  changedSlots(id: string, path: string): number[] {
    const change = this.generations.get(id)?.find((each) => each.path === path);
    if (change === undefined || this.#isUndone(change)) return [];
    const { before, after } = change;
    if (before === undefined || after === undefined) return [];
    return after.slots.flatMap((slot, index) => (slot === before.slots[index] ? [] : [index]));
  }

  /** The same for some of the lines that a generation changed in a file. */
  rollBackSlots(id: string, generation: string, path: string, slots: readonly number[], side: Side): string[] {
    const changes = this.generations.get(generation)?.filter((change) => change.path === path) ?? [];
    return this.#undo(id, changes, side, (change) => {
      const { before, after } = change;
      if (before === undefined || after === undefined) return change;
      const wanted = after.slots.map((slot, index) => (slots.includes(index) ? (before.slots[index] ?? '') : slot));
      return { ...change, before: { mode: after.mode, slots: wanted } };
    });
  }

  redo(id: string, side: Side): string[] {
    const rollback = this.rollbacks.find((each) => each.id === id);
    if (rollback === undefined || rollback.redone) return [];
    const conflicts = this.#undo(null, rollback.changes, side, (change) => change);
    if (conflicts.length === 0 || side !== 'stop') rollback.redone = true;
    return conflicts;
  }

  #isUndone(change: ModelChange): boolean {
    return this.rollbacks.some(({ redone, undone }) => !redone && undone.includes(change));
  }

  /** `part` is what of a change is to be taken back; a part of it leaves the rest to be taken back later. */
  #undo(
    id: string | null,
    changes: readonly ModelChange[],
    side: Side,
    part: (change: ModelChange) => ModelChange,
  ): string[] {
    const [before, now] = [this.files, new Map(this.files)];
    const conflicts = new Set<string>();
    const whole: ModelChange[] = [];
    for (const change of changes) {
      const wanted = part(change);
      const { file, conflict } = undone(wanted.before, wanted.after, now.get(change.path), side);
      if (conflict) conflicts.add(change.path);
      if (wanted === change && (!conflict || side === 'old')) whole.push(change);
      if (file === undefined) now.delete(change.path);
      else now.set(change.path, file);
    }
    if (conflicts.size > 0 && side === 'stop') return [...conflicts];
    this.files = now;
    const paths = [...new Set(changes.map(({ path }) => path))];
    const steps = paths.map((path) => ({ id: '', path, before: before.get(path), after: now.get(path) }));
    if (id !== null) this.rollbacks.push({ id, changes: steps, undone: whole, redone: false });
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
