import { chained, netChanges, sameEntry, withoutImpliedFolders, type Change } from '../../../core/checkpoint.ts';
import { CheckpointError } from './checkpointError.ts';
import { Decisions, type DecidedFiles } from './decisions.ts';
import { Draft } from './draft.ts';
import type { Generation, History, Rollback } from './history.ts';
import type { UndonePart } from './journalLine.ts';
import type { StoreParts } from './storeParts.ts';
import {
  foldersMade,
  UndoChanges,
  type Preference,
  type Undoing,
  type Undone,
  type UndoOutcome,
} from './undoChanges.ts';

/**
 * What of the generations is to be rolled back: all, these files, these hunks (by position in the diff from after to
 * before).
 */
export interface Selection {
  readonly files?: readonly string[] | undefined;
  readonly hunks?: Readonly<Record<string, readonly number[]>> | undefined;
  /**
   * What was decided at the overlaps of a file, hunk by hunk as the preview names them; one choice where the whole file
   * is the overlap. A file of which not all overlaps are decided counts as not decided.
   */
  readonly decisions?: DecidedFiles | undefined;
}

/** A rollback or redo that has been thought through and not yet done. */
export interface Drafted {
  readonly draft: Draft;
  readonly undone: readonly Undone[];
  readonly parts: readonly UndonePart[];
  /** Paths that need a decision, and paths that can't be restored any more. */
  readonly conflicts: readonly string[];
  readonly damaged: readonly { path: string; blob: string }[];
}

/** Thinks a rollback of generations through. CheckpointError `unknown` names an id that the journal does not know. */
export async function draftRollBack(
  parts: StoreParts,
  history: History,
  ids: readonly string[],
  selection: Selection,
  preference: Preference,
): Promise<Drafted> {
  const draft = new Draft(parts.fs, parts.paths, parts.blobs);
  const undoings: Undoing[] = [];
  for (const id of new Set(ids)) {
    const generation = history.generations.get(id);
    if (generation === undefined || generation.dropped) throw new CheckpointError('unknown', { id });
    undoings.push(...(await undoingsOf(generation, history, draft, selection)));
  }
  const undo = new UndoChanges(parts, history, draft, preference, new Decisions(selection.decisions));
  const undone = await undo.run(togetherByHunk(undoings));
  await undo.removeEmpty(emptiable(history, ids));
  return drafted(draft, undone, preference);
}

/** Thinks a redo through: a rollback's own changes, taken back. */
export async function draftRedo(
  parts: StoreParts,
  history: History,
  rollback: Rollback,
  preference: Preference,
  decisions: DecidedFiles | undefined,
): Promise<Drafted> {
  const draft = new Draft(parts.fs, parts.paths, parts.blobs);
  const undo = new UndoChanges(parts, history, draft, preference, new Decisions(decisions));
  const undone = await undo.run(paired(rollback.id, rollback.changes, undefined));
  await undo.removeEmpty(foldersMade(rollback.changes));
  return drafted(draft, undone, preference);
}

/**
 * The changes of a generation in sum. One that was cut off counts up to what stands there now, or until something else
 * came.
 */
export async function changesOf(generation: Generation, history: History, draft: Draft): Promise<Change[]> {
  const open: Change[] = [];
  for (const [path, { entry, position }] of generation.recorded) {
    const after = history.nextBefore(path, position) ?? (await draft.present(path)).entry;
    if (!sameEntry(entry, after)) open.push({ position, path, before: entry, after, added: 0, removed: 0 });
  }
  return netChanges([...generation.changes, ...open]);
}

async function undoingsOf(
  generation: Generation,
  history: History,
  draft: Draft,
  selection: Selection,
): Promise<Undoing[]> {
  const already = history.undoneOf(generation.id);
  const changes = (await changesOf(generation, history, draft)).filter(({ path }) => already.get(path) !== true);
  const hunks = byPath(selection.hunks, changes, history);
  return paired(generation.id, changes, hunks).filter((undoing) => isSelected(undoing, selection, history));
}

/** Generations that came back to a file one after the other have hunks from the first to the last of them. */
function togetherByHunk(undoings: readonly Undoing[]): Undoing[] {
  const byPath = Map.groupBy(undoings, ({ change, hunks }) => (hunks === undefined ? null : change.path));
  return [...byPath].flatMap(([path, group]) => {
    const ordered = group.toSorted((a, b) => a.change.position - b.change.position);
    const change = path === null || ordered.length === 1 ? null : chained(ordered.map((each) => each.change));
    const [first, last] = [ordered[0], ordered.at(-1)];
    if (change === null || first === undefined || last === undefined) return group;
    return [{ ...last, change, partner: first.partner, others: ordered.slice(0, -1).map(({ id }) => id) }];
  });
}

/** A moved file and what is left at its old place belong together. */
function paired(id: string, changes: readonly Change[], hunks: Selection['hunks']): Undoing[] {
  const gone = new Map(changes.filter(({ after }) => after.kind === 'absent').map((change) => [change.path, change]));
  return changes.map((change) => {
    const partner = change.origin === undefined ? undefined : gone.get(change.origin);
    return { id, change, partner, hunks: hunksOf(hunks, change.path) };
  });
}

/** Chosen hunks by the path that a generation has for their file, also where they go by another of its names. */
function byPath(hunks: Selection['hunks'], changes: readonly Change[], history: History): Selection['hunks'] {
  if (hunks === undefined) return undefined;
  const origins = new Set(changes.map(({ origin }) => origin));
  const files = changes.filter(({ path, after }) => after.kind !== 'absent' || !origins.has(path));
  const entries = Object.entries(hunks).map(([name, positions]) => {
    const known = files.find(({ path }) => path === name) ?? files.find(isCalled(name, history));
    return [known?.path ?? name, positions] as const;
  });
  return Object.fromEntries(entries);
}

/** The hunks chosen of a file, which may be called like what every object has: "constructor". */
function hunksOf(hunks: Selection['hunks'], path: string): readonly number[] | undefined {
  return hunks !== undefined && Object.hasOwn(hunks, path) ? hunks[path] : undefined;
}

/** A file is chosen by one of its names, or with a folder of those; one of which no hunk is chosen is not. */
function isSelected({ change, hunks: own }: Undoing, { files, hunks }: Selection, history: History): boolean {
  if (own !== undefined) return own.length > 0;
  if (files === undefined) return hunks === undefined;
  const names = namesOf(change, history);
  return files.some((file) => names.some((name) => name === file || name.startsWith(`${file}/`)));
}

function isCalled(name: string, history: History): (change: Change) => boolean {
  return (change) => namesOf(change, history).includes(name);
}

/** A file's path of then, where it is now, and where it stood before. */
function namesOf({ path, position, origin }: Change, history: History): string[] {
  return [path, history.placeOf(path, position), ...(origin === undefined ? [] : [origin])];
}

/** Folders made by generations that are or were rolled back: nobody asked for them any more. */
function emptiable(history: History, ids: readonly string[]): string[] {
  const unwanted = new Set([...ids, ...history.rolledBackIds()]);
  return [...unwanted].flatMap((id) => foldersMade(history.generations.get(id)?.changes ?? []));
}

function drafted(draft: Draft, undone: readonly Undone[], preference: Preference): Drafted {
  const damaged = undone.flatMap(({ path, outcome }) =>
    outcome.kind === 'damaged' ? [{ path, blob: outcome.blob }] : [],
  );
  const conflicts = undone.filter(({ outcome }) => outcome.kind === 'conflict').map(({ path }) => path);
  const parts = undone.flatMap(({ undoing, outcome }) =>
    [undoing.id, ...(undoing.others ?? [])].map((id) => ({
      id,
      path: undoing.change.path,
      whole: outcome.kind === 'whole' || (isTaken(outcome, preference) && undoing.hunks === undefined),
    })),
  );
  return { draft, undone, parts, conflicts: [...new Set(conflicts)], damaged };
}

/** Where what was before is taken at an overlap, all of the change is taken back. */
function isTaken(outcome: UndoOutcome, preference: Preference): boolean {
  return outcome.kind === 'conflict' && !outcome.isBlocked && preference === 'old';
}

/** What a rollback or redo changed, as people name it: folders only where nothing in them says so already. */
export function restoredPaths(
  steps: readonly { path: string; from: { kind: string }; to: { kind: string } }[],
): string[] {
  const items = steps.map(({ path, from, to }) => ({
    path,
    folder: from.kind !== 'file' && from.kind !== 'link' && to.kind !== 'file' && to.kind !== 'link',
  }));
  return withoutImpliedFolders(items).map(({ path }) => path);
}
