import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { ChangeSet } from '../../core/changeSet.ts';
import { capExcess, type CheckpointLimits } from '../../core/checkpointCap.ts';
import { Blobs } from './checkpoints/blobs.ts';
import { capCandidates } from './checkpoints/capCandidates.ts';
import { CheckpointError, checkpointErrorOf } from './checkpoints/checkpointError.ts';
import { listed, previewed, type ListedGeneration, type PreviewFile } from './checkpoints/describe.ts';
import { refuseUnknownChoices, type DecidedFiles, type OnConflict } from './checkpoints/decisions.ts';
import { Draft } from './checkpoints/draft.ts';
import { draftChanges } from './checkpoints/draftChanges.ts';
import { fileSides, type FileSides } from './checkpoints/fileSides.ts';
import { formattingOf, type TextChange } from './checkpoints/formattingOf.ts';
import type { DamagedLine, Generation, History } from './checkpoints/history.ts';
import { HistoryLog } from './checkpoints/historyLog.ts';
import { Journal } from './checkpoints/journal.ts';
import type { UndonePart } from './checkpoints/journalLine.ts';
import { neededContents, rollbacksWithout } from './checkpoints/neededContents.ts';
import { nodeFileSystem, type FileSystem } from './checkpoints/nodeFileSystem.ts';
import { PendingSyncs } from './checkpoints/pendingSyncs.ts';
import { Plans } from './checkpoints/plans.ts';
import { commitLine, recordLine } from './checkpoints/recording.ts';
import { draftRedo, draftRollBack, restoredPaths, type Drafted, type Selection } from './checkpoints/rollBack.ts';
import { isProcessAlive } from './checkpoints/isProcessAlive.ts';
import { StoreLock } from './checkpoints/storeLock.ts';
import type { StoreParts } from './checkpoints/storeParts.ts';
import { WorkspacePaths } from './checkpoints/workspacePaths.ts';

/** What comes from outside: the clock (an ISO instant), new ids, and the file system. */
export interface StoreOptions {
  readonly now?: () => string;
  readonly newId?: () => string;
  readonly fs?: FileSystem;
}

export interface RollBackOptions extends Selection {
  readonly onConflict: OnConflict;
}

export interface RedoOptions {
  readonly onConflict?: OnConflict;
  readonly decisions?: DecidedFiles | undefined;
}

/**
 * `rollbackId` is null if nothing was done: stopped by conflicts, or there was nothing left to roll back. `conflicts`
 * also names the files that can't be restored because their checkpoint is damaged; they are left as they are.
 */
export interface RollBackResult {
  readonly rollbackId: string | null;
  readonly restored: readonly string[];
  readonly conflicts: readonly string[];
  readonly damaged: readonly { path: string; blob: string }[];
}

export interface StoreUsage {
  readonly bytes: number;
  readonly blobs: number;
  readonly generations: number;
  readonly damagedLines: readonly DamagedLine[];
}

/**
 * Opens the checkpoints of one workspace folder. `dir` is the store's own folder; it is made if needed. What a crash
 * cut off is undone here. Opening reads only the journal's end; the workspace is never searched.
 * CheckpointError `newerFormat`, `missing` (no such root), or what the file system says.
 */
export async function openCheckpointStore(
  dir: string,
  root: string,
  options: StoreOptions = {},
): Promise<CheckpointStore> {
  const fs = options.fs ?? nodeFileSystem;
  try {
    fs.makeFolders(dir);
    const [realDir, realRoot] = [fs.realPath(dir), fs.realPath(root)];
    const syncs = new PendingSyncs(fs);
    const paths = new WorkspacePaths(fs, realRoot, realDir);
    const parts = { fs, paths, syncs, blobs: new Blobs(fs, syncs, realDir) };
    const store = new CheckpointStore(parts, realDir, options);
    await store.recover();
    return store;
  } catch (error) {
    throw checkpointErrorOf(error, root);
  }
}

/** The stores that are open in this process, by which a generation of ours is known to go on. */
const liveStores = new Set<string>();

/** The checkpoints of one workspace folder. Operations run one after another, also over several windows. */
export class CheckpointStore {
  readonly #parts: StoreParts;
  readonly #dir: string;
  readonly #journal: Journal;
  readonly #log: HistoryLog;
  readonly #plans: Plans;
  readonly #lock: StoreLock;
  readonly #now: () => string;
  readonly #newId: () => string;
  readonly #owner: string;
  #turn: Promise<unknown> = Promise.resolve();
  #isSwept = false;
  #isClosed = false;

  constructor(parts: StoreParts, dir: string, { now, newId }: StoreOptions) {
    this.#parts = parts;
    this.#dir = dir;
    this.#lock = new StoreLock(join(dir, 'lock'));
    this.#now = now ?? (() => new Date().toISOString());
    this.#newId = newId ?? randomUUID;
    this.#journal = new Journal(parts.fs, parts.syncs, { dir, root: parts.paths.root, newId: this.#newId });
    this.#log = new HistoryLog(this.#journal, parts.syncs);
    this.#plans = new Plans(parts, this.#log, this.#now, this.#newId);
    this.#owner = this.#newId();
    liveStores.add(this.#owner);
  }

  /** Undoes what a crash cut off. What can't be undone now is tried again before the next change. */
  async recover(): Promise<void> {
    if (this.#journal.mayBeUnfinished()) await this.#reading(() => Promise.resolve());
  }

  /** Starts a generation. CheckpointError `exists` if there is one with this id. */
  begin(id: string, { prompt }: { prompt: string }): Promise<void> {
    return this.#writing(async () => {
      if (this.#history.generations.has(id)) throw new CheckpointError('exists', { id });
      await this.#log.append({ type: 'begin', id, prompt, at: this.#now(), owner: this.#owner, pid: process.pid });
    });
  }

  /**
   * Keeps what stands at a path before something outside the store touches it. A folder is kept with all that is in it.
   */
  record(id: string, path: string): Promise<void> {
    return this.#writing(async () => {
      const line = await recordLine(this.#parts, this.#openGeneration(id), path);
      if (line.entries.length > 0 || line.folders.length > 0) await this.#log.appendDurably(line);
    });
  }

  /** Applies a change set as one: all of it, or nothing. */
  apply(id: string, changes: ChangeSet): Promise<{ changed: string[] }> {
    return this.#writing(async () => {
      this.#openGeneration(id);
      const draft = this.#draft();
      await draftChanges(this.#parts, draft, changes);
      const plan = await this.#plans.perform({ op: 'apply', id, undone: [] }, draft);
      return { changed: restoredPaths(plan.steps) };
    });
  }

  /**
   * Ends a generation and keeps what it left. `outside` are files that something else changed meanwhile, for the
   * rollback to name.
   */
  commit(id: string, { outside = [] }: { outside?: readonly string[] } = {}): Promise<void> {
    return this.#writing(async () => {
      const generation = this.#known(id);
      if (generation.ended) return;
      await this.#log.appendDurably(await commitLine(this.#parts, generation, this.#now(), outside));
    });
  }

  /**
   * Counts a formatter's change of a file to the generation that wrote it last, so that it is no later edit of the
   * person's. Answers the text that this is then taken to have left; null if that is as before.
   */
  formatted(path: string, change: TextChange): Promise<string | null> {
    return this.#writing(async () => {
      const found = await formattingOf(this.#parts, this.#history, this.#ownNames(path), change);
      if (found !== null) await this.#plans.note(found.id, found.captured);
      return found?.text ?? null;
    });
  }

  /** What a rollback would do. Nothing is written. Overlaps are counted as if what was before is taken. */
  preview(
    ids: readonly string[],
    selection: Selection = {},
  ): Promise<{ files: readonly PreviewFile[]; outside: readonly string[] }> {
    return this.#reading(async () => {
      const drafted = await draftRollBack(this.#parts, this.#history, ids, this.#plain(selection), 'old');
      const outside = ids.flatMap((id) => this.#known(id).outside);
      return { files: await previewed(drafted), outside: [...new Set(outside)] };
    });
  }

  /** What stood at a listed file's path before generations, after them, and now; null if they did not touch it. */
  sides(ids: readonly string[], path: string): Promise<FileSides | null> {
    return this.#reading(() =>
      fileSides(
        this.#parts,
        this.#history,
        ids.map((id) => this.#known(id).id),
        path,
      ),
    );
  }

  /**
   * Takes back what generations did and keeps later edits. What stands there now is kept first, so that it can be
   * redone.
   */
  rollBack(ids: readonly string[], options: RollBackOptions): Promise<RollBackResult> {
    return this.#writing(async () => {
      refuseUnknownChoices(options.onConflict, options.decisions);
      const preference = options.onConflict === 'old' ? 'old' : 'mine';
      const drafted = await draftRollBack(this.#parts, this.#history, ids, this.#plain(options), preference);
      const isChoice = options.files !== undefined || options.hunks !== undefined;
      const untouched = isChoice ? [] : ids.filter((id) => this.#isUntouched(id, drafted.parts));
      const undone = [...drafted.parts, ...untouched.map((id) => ({ id, path: '', whole: true }))];
      return this.#undo('rollBack', this.#newId(), drafted, undone, options.onConflict);
    });
  }

  /** Takes a rollback back, also after later generations. Done already: nothing happens. CheckpointError `unknown`. */
  redo(rollbackId: string, { onConflict = 'stop', decisions }: RedoOptions = {}): Promise<RollBackResult> {
    return this.#writing(async () => {
      refuseUnknownChoices(onConflict, decisions);
      const rollback = this.#history.rollbacks.get(rollbackId);
      if (rollback === undefined) throw new CheckpointError('unknown', { id: rollbackId });
      if (rollback.redone) return nothingDone;
      const preference = onConflict === 'old' ? 'old' : 'mine';
      const drafted = await draftRedo(this.#parts, this.#history, rollback, preference, this.#byOwnNames(decisions));
      return this.#undo('redo', rollbackId, drafted, rollback.undone, onConflict);
    });
  }

  /** All generations, the oldest first. */
  list(): Promise<ListedGeneration[]> {
    return this.#reading(() => Promise.resolve(this.#kept().map((generation) => this.#listed(generation))));
  }

  /** What a cap would drop, the oldest first, and how many bytes of the disk that frees. Nothing is dropped. */
  overCap(limits: CheckpointLimits): Promise<{ generations: ListedGeneration[]; bytes: number }> {
    return this.#reading(() => {
      const kept = this.#kept();
      const candidates = capCandidates(kept, this.#history, isOpen);
      const sizes = new Map(this.#parts.blobs.list().map(({ hash, bytes }) => [hash, bytes]));
      const { ids, bytes } = capExcess(candidates, sizes, this.#journal.bytes(), limits);
      const over = kept.filter(({ id }) => ids.includes(id)).map((generation) => this.#listed(generation));
      return Promise.resolve({ generations: over, bytes });
    });
  }

  /**
   * Drops generations for good, and every content that nothing else needs: they can't be rolled back any more. Files of
   * the workspace are not touched. CheckpointError `unknown`, or `stillOpen` for one that runs.
   */
  drop(ids: readonly string[]): Promise<void> {
    return this.#writing(async () => {
      for (const id of ids) if (isOpen(this.#known(id))) throw new CheckpointError('stillOpen', { id });
      if (ids.length === 0) return;
      const rollbacks = rollbacksWithout(this.#history, new Set(ids));
      await this.#log.appendDurably({ type: 'drop', ids: [...ids, ...rollbacks] });
      const needed = this.#kept().flatMap((generation) => [...neededContents(generation, this.#history)]);
      this.#parts.blobs.keepOnly(new Set(needed));
      // Where this fails the journal is only longer than it need be, until the next drop.
      await this.#log.shorten().catch(() => this.#parts.syncs.drop());
    });
  }

  /** What the store takes on the disk, in bytes, and which lines of its journal can't be read. */
  usage(): Promise<StoreUsage> {
    return this.#reading(() => {
      const blobs = this.#parts.blobs.list();
      return Promise.resolve({
        bytes: blobs.reduce((sum, { bytes }) => sum + bytes, this.#journal.bytes()),
        blobs: blobs.length,
        generations: this.#kept().length,
        damagedLines: [...this.#history.damage],
      });
    });
  }

  /** Waits for what is under way. An open generation then counts as interrupted. */
  async close(): Promise<void> {
    this.#isClosed = true;
    liveStores.delete(this.#owner);
    await this.#turn;
    await this.#parts.syncs.finish().catch(() => undefined);
    this.#lock.close();
  }

  async #undo(
    op: 'rollBack' | 'redo',
    id: string,
    drafted: Drafted,
    undone: readonly UndonePart[],
    onConflict: OnConflict,
  ): Promise<RollBackResult> {
    const { conflicts, damaged, draft } = drafted;
    const named = [...new Set([...conflicts, ...damaged.map(({ path }) => path)])];
    const isStopped = conflicts.length > 0 && onConflict === 'stop';
    if (isStopped || undone.length === 0) return { ...nothingDone, conflicts: named, damaged };
    const plan = await this.#plans.perform({ op, id, undone: op === 'rollBack' ? undone : [] }, draft);
    return { rollbackId: id, restored: restoredPaths(plan.steps), conflicts: named, damaged };
  }

  get #history(): History {
    return this.#log.history;
  }

  /** Whether a generation changed nothing, so that there is nothing of it to name. */
  #isUntouched(id: string, parts: readonly UndonePart[]): boolean {
    return !parts.some((part) => part.id === id) && this.#history.undoneOf(id).size === 0;
  }

  /** The same selection by the names under which the store knows the files. */
  #plain({ files, hunks, decisions }: Selection): Selection {
    return {
      files: files?.flatMap((path) => this.#ownNames(path)),
      hunks: this.#byOwnNames(hunks),
      decisions: this.#byOwnNames(decisions),
    };
  }

  #byOwnNames<T>(byPath: Readonly<Record<string, T>> | undefined): Record<string, T> | undefined {
    if (byPath === undefined) return undefined;
    const named = Object.entries(byPath).flatMap(([path, value]) =>
      this.#ownNames(path).map((name) => [name, value] as const),
    );
    return Object.fromEntries(named);
  }

  #ownNames(path: string): string[] {
    return [path, this.#parts.paths.entry(path), this.#parts.paths.file(path)];
  }

  #draft(): Draft {
    return new Draft(this.#parts.fs, this.#parts.paths, this.#parts.blobs);
  }

  #kept(): Generation[] {
    return [...this.#history.generations.values()].filter(({ dropped }) => !dropped);
  }

  #listed(generation: Generation): ListedGeneration {
    return listed(generation, this.#history, isAlive);
  }

  #known(id: string): Generation {
    const generation = this.#history.generations.get(id);
    if (generation === undefined || generation.dropped) throw new CheckpointError('unknown', { id });
    return generation;
  }

  #openGeneration(id: string): Generation {
    const generation = this.#known(id);
    if (generation.ended) throw new CheckpointError('notOpen', { id });
    return generation;
  }

  #writing<T>(work: () => Promise<T>): Promise<T> {
    return this.#exclusive(async () => {
      await this.#plans.finish();
      return work();
    });
  }

  #reading<T>(work: () => Promise<T>): Promise<T> {
    return this.#exclusive(async () => {
      await this.#plans.finish().catch(() => undefined);
      return work();
    });
  }

  /** One operation at a time: in this process by a queue, over all windows by the lock. */
  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) return Promise.reject(new CheckpointError('closed'));
    const result = this.#turn.then(() => {
      this.#parts.fs.makeFolders(this.#dir);
      return this.#lock.hold(() => {
        if (!this.#isSwept) this.#parts.blobs.sweep();
        this.#isSwept = true;
        this.#log.catchUp();
        return work();
      });
    });
    this.#turn = result.catch(() => undefined);
    return result.catch((error: unknown) => {
      this.#parts.syncs.drop();
      throw checkpointErrorOf(error, this.#dir);
    });
  }
}

const nothingDone: RollBackResult = { rollbackId: null, restored: [], conflicts: [], damaged: [] };

/** Whether the window that began a generation is still there. */
function isAlive({ owner, pid }: Generation): boolean {
  return pid === process.pid ? liveStores.has(owner) : isProcessAlive(pid);
}

function isOpen(generation: Generation): boolean {
  return !generation.ended && isAlive(generation);
}
