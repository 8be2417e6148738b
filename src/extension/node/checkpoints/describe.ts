import { netChanges, withoutImpliedFolders, type Change, type GenerationState } from '../../../core/checkpoint.ts';
import type { ConflictHunk } from '../../../core/merge.ts';
import type { Generation, History } from './history.ts';
import type { Drafted } from './rollBack.ts';
import { countChange } from './preparePlan.ts';

/**
 * One file of a generation, as lists show it. `from` is where a renamed one stood before. Lines that were added and
 * removed.
 */
export interface ListedFile {
  readonly path: string;
  readonly kind: 'created' | 'changed' | 'deleted' | 'renamed';
  readonly from?: string;
  readonly added: number;
  readonly removed: number;
  /** What of it is rolled back: all, or some of its hunks. */
  readonly undone?: 'whole' | 'partly';
}

/**
 * A generation as lists show it; `rollbacks` can be redone, the latest last; `damagedLines` of the journal speak of it.
 */
export interface ListedGeneration {
  readonly id: string;
  readonly prompt: string;
  readonly at: string;
  readonly state: GenerationState;
  readonly files: readonly ListedFile[];
  /** Files that something else changed meanwhile, as the caller of commit said: they can't be restored. */
  readonly outside: readonly string[];
  readonly rollbacks: readonly string[];
  readonly damagedLines: readonly number[];
}

/** What a rollback would do to one file; `to` is where a renamed one goes. `laterEdits` of the person stay. */
export interface PreviewFile {
  readonly path: string;
  readonly kind: 'deleted' | 'restored' | 'changed' | 'renamed';
  readonly to?: string;
  readonly conflict: boolean;
  /** Where a text's lines overlap, in order; none if all of the file is the overlap, as a binary one. */
  readonly overlaps: readonly ConflictHunk[];
  readonly damaged: boolean;
  readonly added: number;
  readonly removed: number;
  readonly laterEdits: boolean;
  /** The file has other names on the disk (hard links), which keep what they show. */
  readonly otherNames: boolean;
}

/** A generation in words and numbers, from the journal alone. */
export function listed(
  generation: Generation,
  history: History,
  isAlive: (generation: Generation) => boolean,
): ListedGeneration {
  const changes = netChanges(generation.changes);
  const rollbacks = [...history.rollbacks.values()].filter(
    ({ redone, undone }) => !redone && undone.some(({ id }) => id === generation.id),
  );
  return {
    id: generation.id,
    prompt: generation.prompt,
    at: generation.at,
    state: stateOf(generation, changes, history, isAlive),
    files: listedFiles(changes, generation.counts, history.undoneOf(generation.id)),
    outside: generation.outside,
    rollbacks: rollbacks.map(({ id }) => id),
    damagedLines: history.damage.filter(({ id }) => id === generation.id).map(({ line }) => line),
  };
}

/** What a drafted rollback would change, file by file, conflicts and damage among them. */
export async function previewed({ draft, undone }: Drafted): Promise<PreviewFile[]> {
  const steps = new Map((await draft.steps()).map((step) => [step.path, step]));
  const origins = new Set([...steps.values()].map(({ origin }) => origin).filter((origin) => origin !== undefined));
  const outcomes = Map.groupBy(undone, ({ path }) => path);
  const items = [];
  for (const path of [...new Set([...steps.keys(), ...undecided(undone)])].sort()) {
    if (origins.has(path) && steps.get(path)?.to.kind === 'absent') continue;
    const step = steps.get(path);
    const outcome = outcomeOf(outcomes.get(step?.origin ?? path) ?? []);
    const counts = step === undefined ? noLines : await countMoved(draft, path, steps, step.origin);
    items.push({
      path: step?.origin ?? path,
      folder: isFolderStep(step),
      kind: previewKind(step),
      ...(step?.origin === undefined ? {} : { to: path }),
      ...outcome,
      ...counts,
      otherNames: draft.hasOtherNames(step?.origin ?? path),
    });
  }
  return withoutImpliedFolders(items).map(({ folder: _, ...file }) => file);
}

/**
 * What taking back one file comes to. Several generations can have touched it: an overlap with any of them waits for a
 * decision, also where the rest would go back by itself. Overlaps come in the order in which they are decided.
 */
function outcomeOf(undone: Drafted['undone']): Pick<PreviewFile, 'conflict' | 'overlaps' | 'damaged' | 'laterEdits'> {
  const outcomes = undone.map(({ outcome }) => outcome);
  const conflicts = outcomes.filter((outcome) => outcome.kind === 'conflict');
  const conflict = conflicts.length > 0;
  return {
    conflict,
    overlaps: conflicts.flatMap(({ hunks }) => hunks),
    damaged: !conflict && outcomes.some(({ kind }) => kind === 'damaged'),
    laterEdits: conflict || outcomes.some((outcome) => 'laterEdits' in outcome && outcome.laterEdits),
  };
}

const noLines = { added: 0, removed: 0 };

type DraftedStep = Awaited<ReturnType<Drafted['draft']['steps']>>[number];

async function countMoved(
  draft: Drafted['draft'],
  path: string,
  steps: ReadonlyMap<string, DraftedStep>,
  origin: string | undefined,
): Promise<{ added: number; removed: number }> {
  const step = steps.get(path);
  if (step === undefined) return noLines;
  const source = origin === undefined ? undefined : steps.get(origin);
  if (source === undefined || origin === undefined) return countChange(draft, path, step.from.entry, step.to);
  return countChange(draft, origin, source.from.entry, step.to);
}

function undecided(undone: Drafted['undone']): string[] {
  return undone
    .filter(({ outcome }) => outcome.kind === 'conflict' || outcome.kind === 'damaged')
    .map(({ path }) => path);
}

function previewKind(step: DraftedStep | undefined): PreviewFile['kind'] {
  if (step === undefined) return 'changed';
  if (step.to.kind === 'absent') return 'deleted';
  if (step.origin !== undefined) return 'renamed';
  return step.from.entry.kind === 'absent' ? 'restored' : 'changed';
}

function isFolderStep(step: DraftedStep | undefined): boolean {
  if (step === undefined) return false;
  const kinds = [step.from.entry.kind, step.to.kind];
  return kinds.includes('folder') && !kinds.includes('file') && !kinds.includes('link');
}

function stateOf(
  generation: Generation,
  changes: readonly Change[],
  history: History,
  isAlive: (generation: Generation) => boolean,
): GenerationState {
  const isFolder = ({ before, after }: Change): boolean => before.kind === 'folder' || after.kind === 'folder';
  const files = changes.filter((change) => !isFolder(change));
  const undone = history.undoneOf(generation.id);
  // A folder goes and comes with the files in it; it speaks for itself only where it holds none.
  if (files.length > 0) for (const { path } of changes.filter(isFolder)) undone.delete(path);
  if (undone.size > 0) {
    const isWhole = [...undone.values()].every(Boolean) && files.every(({ path }) => undone.get(path) === true);
    return isWhole ? 'rolledBack' : 'partly';
  }
  if (generation.committed) return 'kept';
  return !generation.ended && isAlive(generation) ? 'open' : 'interrupted';
}

function listedFiles(
  changes: readonly Change[],
  counts: Generation['counts'],
  undone: ReadonlyMap<string, boolean>,
): ListedFile[] {
  const moved = new Set(changes.map(({ origin }) => origin));
  const byPath = new Map(changes.map((change) => [change.path, change]));
  const items = changes
    .filter(({ path, after }) => !(moved.has(path) && after.kind === 'absent'))
    .map((change) => ({
      ...listedFile(change, byPath, counts),
      ...undoneMark(undone.get(change.path)),
      folder: isFolderChange(change),
    }));
  return withoutImpliedFolders(items).map(({ folder: _, ...file }) => file);
}

function undoneMark(isWhole: boolean | undefined): Pick<ListedFile, 'undone'> {
  return isWhole === undefined ? {} : { undone: isWhole ? 'whole' : 'partly' };
}

function listedFile(change: Change, byPath: ReadonlyMap<string, Change>, counts: Generation['counts']): ListedFile {
  const { added, removed } = counts.get(change.path) ?? change;
  const source = change.origin === undefined ? undefined : byPath.get(change.origin);
  if (change.origin !== undefined && source?.after.kind === 'absent') {
    return { path: change.path, kind: 'renamed', from: change.origin, added, removed };
  }
  const kind = change.before.kind === 'absent' ? 'created' : change.after.kind === 'absent' ? 'deleted' : 'changed';
  return { path: change.path, kind, added, removed };
}

function isFolderChange({ before, after }: Change): boolean {
  const kinds = [before.kind, after.kind];
  return kinds.includes('folder') && !kinds.includes('file') && !kinds.includes('link');
}
