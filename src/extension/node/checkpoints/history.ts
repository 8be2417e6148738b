import { sameEntry, type Change, type Entry } from '../../../core/checkpoint.ts';
import type { JournalRecord } from './journal.ts';
import type { Captured, JournalLine, PlanLine, UndonePart } from './journalLine.ts';

/** One generation as the journal tells it. */
export interface Generation {
  readonly id: string;
  /** The first line of the journal that speaks of it. */
  readonly line: number;
  prompt: string;
  at: string;
  owner: string;
  pid: number;
  /** Committed, or cut short by a rollback: nothing more can be done in it. */
  ended: boolean;
  committed: boolean;
  dropped: boolean;
  /** Paths that something outside the store may touch until the end, with what stood there when this was last known. */
  readonly recorded: Map<string, { entry: Entry; position: number }>;
  readonly recordedFolders: Set<string>;
  readonly changes: Change[];
  readonly counts: Map<string, { added: number; removed: number }>;
  outside: readonly string[];
}

/** One rollback; `changes` are what it did, so that taking them back is the redo. */
export interface Rollback {
  readonly id: string;
  readonly at: string;
  readonly changes: readonly Change[];
  readonly undone: readonly UndonePart[];
  redone: boolean;
}

/** A line of the journal that can't be read. Only what it says itself is lost. */
export interface DamagedLine {
  readonly line: number;
  readonly id: string | null;
}

/** What the journal says, in memory; lines are folded in as they come, also those of other windows. */
export class History {
  readonly generations = new Map<string, Generation>();
  readonly rollbacks = new Map<string, Rollback>();
  /** All changes of all operations, in order. */
  readonly changes: Change[] = [];
  readonly damage: DamagedLine[] = [];
  /** A plan that has neither been done nor undone yet. */
  unfinished: PlanLine | null = null;
  /** Whether something unreadable follows the unfinished plan, which may have been its end. */
  unfinishedDoubtful = false;
  readonly #moves: { position: number; moves: ReadonlyMap<string, string> }[] = [];
  #position = 0;
  #line = 0;

  fold(records: readonly JournalRecord[]): void {
    for (const record of records) {
      this.#line = record.number;
      if ('line' in record) {
        this.#foldLine(record.line);
      } else {
        this.damage.push({ line: record.number, id: record.id });
        this.unfinishedDoubtful = this.unfinished !== null;
      }
    }
  }

  /** What a generation's part says of a path: taken back wholly, in part, or not. */
  undoneOf(id: string): Map<string, boolean> {
    const result = new Map<string, boolean>();
    for (const rollback of this.rollbacks.values()) {
      if (rollback.redone) continue;
      for (const part of rollback.undone) {
        if (part.id === id) result.set(part.path, part.whole || result.get(part.path) === true);
      }
    }
    return result;
  }

  /** The generations of which something is taken back. */
  rolledBackIds(): Set<string> {
    const active = [...this.rollbacks.values()].filter(({ redone }) => !redone);
    return new Set(active.flatMap(({ undone }) => undone.map(({ id }) => id)));
  }

  /** Where a path's file is now: later operations may have moved it. */
  placeOf(path: string, position: number): string {
    const later = this.#moves.filter(({ position: at }) => at > position);
    return later.reduce((place, { moves }) => moves.get(place) ?? place, path);
  }

  /** What stood at a path when something next touched it after a position; undefined if nothing did. */
  nextBefore(path: string, position: number): Entry | undefined {
    return this.changes.find((change) => change.position > position && change.path === path)?.before;
  }

  /** The first line of the journal that is still needed: the first that speaks of a generation that was not dropped. */
  neededFrom(): number {
    const kept = [...this.generations.values()].filter(({ dropped }) => !dropped);
    const damaged = this.damage.filter(({ id }) => kept.some((generation) => generation.id === id));
    return Math.min(...kept.map(({ line }) => line), ...damaged.map(({ line }) => line), this.#line + 1);
  }

  #foldLine(line: JournalLine): void {
    if (line.type !== 'done' && line.type !== 'undone' && this.unfinished !== null) this.#foldPlan(this.unfinished);
    switch (line.type) {
      case 'store':
        return;
      case 'begin':
        Object.assign(this.#generation(line.id), {
          prompt: line.prompt,
          at: line.at,
          owner: line.owner,
          pid: line.pid,
        });
        return;
      case 'record':
        return this.#foldRecord(line);
      case 'plan':
        this.unfinished = line;
        return;
      case 'done':
        if (this.unfinished?.plan === line.plan) this.#foldPlan(this.unfinished);
        return;
      case 'undone':
        this.unfinished = null;
        this.unfinishedDoubtful = false;
        return;
      case 'commit':
        return this.#foldCommit(line);
      case 'drop':
        return this.#foldDrop(line.ids);
    }
  }

  #foldRecord(line: Extract<JournalLine, { type: 'record' }>): void {
    const generation = this.#generation(line.id);
    for (const { path, before } of line.entries) {
      generation.recorded.set(path, { entry: before, position: this.#next() });
    }
    for (const folder of line.folders) generation.recordedFolders.add(folder);
  }

  #foldPlan(plan: PlanLine): void {
    this.unfinished = null;
    this.unfinishedDoubtful = false;
    const gaps = plan.gaps.map((gap) => this.#change(gap));
    const changes = plan.steps.map(({ path, from, to, origin, added, removed }) =>
      this.#change({ path, before: from, after: to, origin, added, removed }),
    );
    this.changes.push(...gaps, ...changes);
    const moves = changes.flatMap(({ origin, path }) => (origin === undefined ? [] : [[origin, path] as const]));
    if (moves.length > 0) this.#moves.push({ position: changes[0]?.position ?? 0, moves: new Map(moves) });
    if (plan.op === 'apply') this.#foldApplied(plan.id, [...gaps, ...changes]);
    else if (plan.op === 'rollBack') this.#foldRollback(plan, changes);
    else this.#foldRedo(plan.id);
  }

  #foldApplied(id: string, changes: readonly Change[]): void {
    const generation = this.#generation(id);
    generation.changes.push(...changes);
    for (const { path, after, position } of changes) {
      if (generation.recorded.has(path)) generation.recorded.set(path, { entry: after, position });
    }
  }

  #foldRollback(plan: PlanLine, changes: readonly Change[]): void {
    this.rollbacks.set(plan.id, { id: plan.id, at: plan.at, changes, undone: plan.undone, redone: false });
    for (const { id } of plan.undone) this.#generation(id).ended = true;
  }

  #foldRedo(id: string): void {
    const rollback = this.rollbacks.get(id);
    if (rollback !== undefined) rollback.redone = true;
  }

  #foldCommit(line: Extract<JournalLine, { type: 'commit' }>): void {
    const generation = this.#generation(line.id);
    const changes = line.captured
      .filter(({ before, after }) => !sameEntry(before, after))
      .map((captured) => this.#change(captured));
    generation.changes.push(...changes);
    this.changes.push(...changes);
    generation.recorded.clear();
    for (const { path, added, removed } of line.counts) generation.counts.set(path, { added, removed });
    generation.outside = line.outside;
    generation.ended = true;
    generation.committed = true;
  }

  #foldDrop(ids: readonly string[]): void {
    for (const id of ids) {
      const generation = this.generations.get(id);
      if (generation !== undefined) Object.assign(generation, { dropped: true, ended: true });
      this.rollbacks.delete(id);
    }
  }

  #generation(id: string): Generation {
    const known = this.generations.get(id);
    if (known !== undefined) return known;
    const generation: Generation = {
      id,
      line: this.#line,
      prompt: '',
      at: '',
      owner: '',
      pid: 0,
      ended: false,
      committed: false,
      dropped: false,
      recorded: new Map(),
      recordedFolders: new Set(),
      changes: [],
      counts: new Map(),
      outside: [],
    };
    this.generations.set(id, generation);
    return generation;
  }

  #change(captured: Captured & { origin?: string | undefined }): Change {
    return { ...captured, position: this.#next() };
  }

  #next(): number {
    this.#position += 1;
    return this.#position;
  }
}
