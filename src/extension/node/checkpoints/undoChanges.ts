import { absent, sameEntry, undoEntry, type Change, type Entry } from '../../../core/checkpoint.ts';
import { takeHunks } from '../../../core/lineDiff.ts';
import { mergeRollback, type ConflictHunk } from '../../../core/merge.ts';
import { resolveConflict, type ConflictChoice } from '../../../core/resolveConflict.ts';
import { CheckpointError } from './checkpointError.ts';
import type { Decisions } from './decisions.ts';
import type { Draft } from './draft.ts';
import type { History } from './history.ts';
import type { StoreParts } from './storeParts.ts';
import { bytesOf, type TextFile } from './textFile.ts';

/**
 * A change that is to be taken back; `id` is the generation's or rollback's, `partner` what was at a moved file's old
 * place.
 */
export interface Undoing {
  readonly id: string;
  readonly change: Change;
  /** Further generations whose changes of the path are in it too: hunks are told from all of them together. */
  readonly others?: readonly string[];
  readonly partner: Change | undefined;
  /** Only these hunks of the change, by their position. */
  readonly hunks: readonly number[] | undefined;
}

export type UndoOutcome =
  /** All of it is taken back, or there was nothing left of it. */
  | { readonly kind: 'whole'; readonly laterEdits: boolean }
  /** A choice of hunks is taken back, or the person kept theirs at an overlap. */
  | { readonly kind: 'partly'; readonly laterEdits: boolean }
  /**
   * The person's later edits overlap and nobody has decided; done as asked for. `hunks` are the overlaps of a text,
   * none where the whole file is one. `isBlocked`: something else stands in the way, perhaps only for now.
   */
  | { readonly kind: 'conflict'; readonly isBlocked: boolean; readonly hunks: readonly ConflictHunk[] }
  /** What is needed can't be read any more; the path is left as it is. */
  | { readonly kind: 'damaged'; readonly blob: string };

export interface Undone {
  readonly undoing: Undoing;
  /** Where the file is now, if later generations moved it. */
  readonly path: string;
  readonly outcome: UndoOutcome;
}

const conflict: UndoOutcome = { kind: 'conflict', isBlocked: false, hunks: [] };
const blockedConflict: UndoOutcome = { kind: 'conflict', isBlocked: true, hunks: [] };

/** The person decided to keep what is there. */
const keptMine: UndoOutcome = { kind: 'partly', laterEdits: true };

export type Preference = 'mine' | 'old';

/** Takes changes back in a draft, the latest first, and keeps what was edited since. Nothing is written. */
export class UndoChanges {
  readonly #parts: StoreParts;
  readonly #history: History;
  readonly #draft: Draft;
  readonly #preference: Preference;
  readonly #decisions: Decisions;

  constructor(parts: StoreParts, history: History, draft: Draft, preference: Preference, decisions: Decisions) {
    this.#parts = parts;
    this.#history = history;
    this.#draft = draft;
    this.#preference = preference;
    this.#decisions = decisions;
  }

  async run(undoings: readonly Undoing[]): Promise<Undone[]> {
    const groups = [...Map.groupBy(undoings, ({ id }) => id).values()].map((group) =>
      group.toSorted((a, b) => b.change.position - a.change.position),
    );
    groups.sort((a, b) => (b[0]?.change.position ?? 0) - (a[0]?.change.position ?? 0));
    const undone: Undone[] = [];
    for (const group of groups) undone.push(...(await this.#undoGroup(group)));
    return undone;
  }

  async #undoGroup(latestFirst: readonly Undoing[]): Promise<Undone[]> {
    const partners = new Set(latestFirst.map(({ partner }) => partner));
    const isImplied = ({ change }: Undoing): boolean => partners.has(change) || isFolderMade(change);
    const modes = folderModes(latestFirst);
    const undone: Undone[] = [];
    const blocked: Undoing[] = [];
    for (const undoing of latestFirst) {
      if (isImplied(undoing)) continue;
      const result = await this.#undoSafely(undoing, modes);
      if (result.outcome.kind === 'conflict' && result.outcome.isBlocked) blocked.push(undoing);
      else undone.push(result);
    }
    if (blocked.length > 0) await this.removeEmpty(foldersMade(latestFirst.map(({ change }) => change)));
    for (const undoing of blocked.toReversed()) undone.push(await this.#undoSafely(undoing, modes));
    this.#draft.move(movedBack(undone));
    const settled = latestFirst.filter(isImplied).map((undoing) => this.#implied(undoing, undone));
    return [...undone, ...settled];
  }

  /** What is left at a moved file's old place goes the way of the move; a folder that was made, with what is in it. */
  #implied(undoing: Undoing, undone: readonly Undone[]): Undone {
    const { path } = undoing.change;
    const move = undone.find((each) => each.undoing.partner === undoing.change)?.outcome;
    const isTaken = move?.kind === 'conflict' && !move.isBlocked && this.#preference === 'old';
    const isWhole = move === undefined || move.kind === 'whole' || isTaken;
    return { undoing, path, outcome: { kind: isWhole ? 'whole' : 'partly', laterEdits: false } };
  }

  /** Removes folders, the deepest first, that nothing is left in. */
  async removeEmpty(folders: readonly string[]): Promise<void> {
    for (const folder of [...new Set(folders)].sort().toReversed()) {
      if (!this.#parts.paths.isPlain(folder)) continue;
      if ((await this.#draft.get(folder)).kind !== 'folder') continue;
      if ((await this.#draft.names(folder)).length === 0) await this.#draft.set(folder, absent);
    }
  }

  async #undoSafely(undoing: Undoing, modes: ReadonlyMap<string, number | undefined>): Promise<Undone> {
    const path = this.#placeOf(undoing.change.path, undoing.change.position);
    try {
      const outcome = await (undoing.partner === undefined || undoing.hunks !== undefined
        ? this.#undo(undoing, path, modes)
        : this.#undoMove(undoing, path, modes));
      return { undoing, path, outcome };
    } catch (error) {
      if (!(error instanceof CheckpointError) || error.kind !== 'damaged') throw error;
      return { undoing, path, outcome: { kind: 'damaged', blob: error.details.blob ?? '' } };
    }
  }

  async #undo(undoing: Undoing, path: string, modes: ReadonlyMap<string, number | undefined>): Promise<UndoOutcome> {
    const { change } = undoing;
    if (!this.#parts.paths.isPlain(path)) return blockedConflict;
    const now = await this.#draft.get(path);
    const result = await this.#taken(undoing, beforeOf(undoing), change.after, now, path);
    if (result.entry !== now && !(await this.#put(path, result.entry, modes))) return blockedConflict;
    return result.outcome;
  }

  /** A moved file goes back to where it was, with what was edited since. */
  async #undoMove(
    undoing: Undoing,
    path: string,
    modes: ReadonlyMap<string, number | undefined>,
  ): Promise<UndoOutcome> {
    const { change, partner } = undoing;
    if (partner === undefined || !this.#parts.paths.isPlain(path)) return blockedConflict;
    const [now, there] = [await this.#draft.get(path), await this.#draft.get(partner.path)];
    if (now.kind === 'absent' && there.kind !== 'absent') return { kind: 'whole', laterEdits: true };
    const isBlocked = there.kind !== 'absent' || now.kind === 'absent';
    const choice = isBlocked ? this.#choiceOf(path) : null;
    if (choice === 'mine') return keptMine;
    if (isBlocked && choice === null && this.#preference === 'mine') return conflict;
    const result = await this.#taken(undoing, partner.before, change.after, now, path);
    const entry = result.entry.kind === 'absent' ? partner.before : result.entry;
    await this.#assertSound(change.before);
    if (!(await this.#put(partner.path, entry, modes))) return blockedConflict;
    await this.#put(path, change.before, modes);
    this.#draft.move(new Map([[path, partner.path]]));
    return isBlocked && choice === null ? conflict : result.outcome;
  }

  /** What a path becomes when a change is taken back from what is there. */
  async #taken(
    { hunks }: Undoing,
    before: Entry,
    after: Entry,
    now: Entry,
    path: string,
  ): Promise<{ entry: Entry; outcome: UndoOutcome }> {
    const wanted = hunks === undefined ? before : await this.#partOf(before, after, hunks, path);
    const undo = undoEntry(wanted, after, now);
    const outcome: UndoOutcome = {
      kind: hunks === undefined ? 'whole' : 'partly',
      laterEdits: !sameEntry(now, after) && !sameEntry(now, before),
    };
    if (undo.kind === 'settled') {
      await this.#assertSound(undo.entry, path);
      return { entry: undo.entry, outcome };
    }
    const merged = undo.kind === 'merge' ? await this.#merged(undo, path) : null;
    if (merged !== null) return { entry: merged.entry, outcome: merged.outcome ?? outcome };
    if (now.kind === 'folder') return { entry: now, outcome: blockedConflict };
    const choice = this.#choiceOf(path);
    if (choice === 'mine') return { entry: now, outcome: keptMine };
    if (choice === null && this.#preference === 'mine') return { entry: now, outcome: conflict };
    await this.#assertSound(wanted, path);
    return { entry: wanted, outcome: choice === null ? conflict : outcome };
  }

  /** What was decided where the whole file is the overlap; two files can't both be taken, so `both` decides nothing. */
  #choiceOf(path: string): 'mine' | 'old' | null {
    const choice = this.#decisions.take(path, 1)?.[0];
    return choice === 'mine' || choice === 'old' ? choice : null;
  }

  /** The three contents merged by lines, its outcome if they overlap and not all is taken; null if one is no text. */
  async #merged(
    undo: Extract<ReturnType<typeof undoEntry>, { kind: 'merge' }>,
    path: string,
  ): Promise<{ entry: Entry; outcome: UndoOutcome | null } | null> {
    const before = await this.#draft.text(path, undo.before);
    const now = await this.#draft.text(path, undo.now);
    const after = before === null || now === null ? null : await this.#draft.text(path, undo.after);
    if (before === null || after === null || now === null) return null;
    const merge = mergeRollback(before.text, after.text, now.text);
    const encoding = now.encoding === after.encoding ? before.encoding : now.encoding;
    const give = (text: string | null): Entry => this.#give({ text: text ?? '', encoding }, undo.mode);
    if (merge.kind === 'merged') return { entry: give(merge.text), outcome: null };
    const choices = this.#decisions.take(path, merge.hunks.length);
    const text = resolveConflict(merge, (_, index) => choices?.[index] ?? this.#preference);
    return { entry: give(text), outcome: decidedOutcome(choices, merge.hunks) };
  }

  /** What a file was after a change but for the chosen hunks; what can't be told apart by lines is one hunk. */
  async #partOf(before: Entry, after: Entry, hunks: readonly number[], path: string): Promise<Entry> {
    if (before.kind !== 'file' || after.kind !== 'file') return onlyHunk(before, hunks, path);
    const [old, fresh] = [await this.#draft.text(path, before), await this.#draft.text(path, after)];
    if (old === null || fresh === null) return onlyHunk(before, hunks, path);
    try {
      return this.#give({ text: takeHunks(fresh.text, old.text, hunks), encoding: fresh.encoding }, after.mode);
    } catch (error) {
      if (error instanceof RangeError) throw new CheckpointError('noSuchHunk', { path }, error);
      throw error;
    }
  }

  #give(file: TextFile, mode: number): Entry {
    return this.#draft.give(bytesOf(file), mode);
  }

  async #put(path: string, entry: Entry, modes: ReadonlyMap<string, number | undefined>): Promise<boolean> {
    if (!this.#parts.paths.isPlain(path)) return false;
    if (entry.kind !== 'absent' && !(await this.#draft.makeRoomFor(path, modes))) return false;
    const old = await this.#draft.get(path);
    if (old.kind === 'folder' && entry.kind !== 'folder' && (await this.#draft.names(path)).length > 0) return false;
    await this.#draft.set(path, entry);
    return true;
  }

  /** A content that is to come back must be readable before anything is decided. */
  async #assertSound(entry: Entry, path?: string): Promise<void> {
    if (entry.kind !== 'file' || this.#draft.given(entry.hash) !== undefined) return;
    const present = path === undefined ? undefined : (await this.#draft.present(path)).entry;
    if (present?.kind === 'file' && present.hash === entry.hash) return;
    if (!(await this.#parts.blobs.isSound(entry))) throw new CheckpointError('damaged', { blob: entry.hash });
  }

  /** Where a path's file is now: later operations may have moved it, and this draft may have moved it back. */
  #placeOf(path: string, position: number): string {
    const place = this.#history.placeOf(path, position);
    return this.#draft.moves.reduce((at, moves) => moves.get(at) ?? at, place);
  }
}

function onlyHunk(before: Entry, hunks: readonly number[], path: string): Entry {
  if (hunks.some((position) => position !== 0)) throw new CheckpointError('noSuchHunk', { path });
  return before;
}

/** Hunks of a moved file are told from what stood at its old place. They go back where it is now: the move stays. */
function beforeOf({ change: { before }, partner, hunks }: Undoing): Entry {
  return hunks !== undefined && before.kind === 'absent' ? (partner?.before ?? before) : before;
}

/** The folders that a list of changes made, and those that hold what it made: they go when they are left empty. */
export function foldersMade(changes: readonly Change[]): string[] {
  return changes.filter(isFolderMade).map(({ path }) => path);
}

/** What decisions make of an overlap; null if all of what was before is taken. */
function decidedOutcome(choices: readonly ConflictChoice[] | null, hunks: readonly ConflictHunk[]): UndoOutcome | null {
  if (choices === null) return { kind: 'conflict', isBlocked: false, hunks };
  return choices.includes('mine') ? keptMine : null;
}

function isFolderMade({ before, after }: Change): boolean {
  return before.kind === 'absent' && after.kind === 'folder';
}

function folderModes(undoings: readonly Undoing[]): ReadonlyMap<string, number | undefined> {
  const folders = undoings.flatMap(({ change: { path, before } }) =>
    before.kind === 'folder' ? [{ path, mode: before.mode }] : [],
  );
  return new Map(folders.map(({ path, mode }) => [path, mode]));
}

/** Files that changed places with others go back without a free place between. */
function movedBack(undone: readonly Undone[]): Map<string, string> {
  const whole = undone.filter(({ outcome, undoing }) => outcome.kind === 'whole' && undoing.partner === undefined);
  return new Map(
    whole.flatMap(({ path, undoing: { change } }) => (change.origin === undefined ? [] : [[path, change.origin]])),
  );
}
