import { dirname } from 'node:path';
import type { Entry } from '../../../core/checkpoint.ts';
import { countLines } from '../../../core/lineDiff.ts';
import { CheckpointError, checkpointErrorOf } from './checkpointError.ts';
import type { Draft, DraftStep } from './draft.ts';
import type { Step } from './journalLine.ts';
import type { StoreParts } from './storeParts.ts';
import { textFileOf } from './textFile.ts';

/** Steps as they go into the journal, and the stamps of what they replace. */
export interface Prepared {
  readonly steps: readonly Step[];
  readonly stamps: ReadonlyMap<string, string | null>;
}

/** Captures everything that a draft would replace, before a single file changes; the pending syncs make it durable. */
export async function preparePlan(parts: StoreParts, draft: Draft): Promise<Prepared> {
  const drafted = (await draft.steps()).sort((a, b) => (a.path < b.path ? -1 : 1));
  const steps: Step[] = [];
  for (const step of drafted) {
    await keep(parts, draft, step);
    const source = drafted.find(({ path }) => path === step.origin)?.from.entry;
    const counts = await countChange(draft, step.origin ?? step.path, source ?? step.from.entry, step.to);
    const stage = stageFor(parts, step.path);
    steps.push({ path: step.path, from: step.from.entry, to: step.to, ...counts, origin: step.origin, stage });
  }
  await parts.blobs.flush();
  return { steps, stamps: new Map(drafted.map(({ path, from }) => [path, from.stamp])) };
}

/** How many lines a path gains and loses; none if either side is binary. */
export async function countChange(
  draft: Draft,
  path: string,
  before: Entry,
  after: Entry,
): Promise<{ added: number; removed: number }> {
  if (before.kind === 'file' && after.kind === 'file' && before.hash === after.hash) return { added: 0, removed: 0 };
  const [old, now] = [await textOr(draft, path, before), await textOr(draft, path, after)];
  return old === null || now === null ? { added: 0, removed: 0 } : countLines(old, now);
}

async function textOr(draft: Draft, path: string, entry: Entry): Promise<string | null> {
  if (entry.kind !== 'file') return '';
  try {
    return (await draft.text(path, entry))?.text ?? null;
  } catch (error) {
    if (error instanceof CheckpointError && error.kind === 'damaged') return null;
    throw error;
  }
}

/** What is replaced is always kept; what comes instead only as text, as the base of a later merge. */
async function keep({ blobs, paths }: StoreParts, draft: Draft, step: DraftStep): Promise<void> {
  const { entry } = step.from;
  try {
    if (entry.kind === 'file' && !draft.isKept(entry.hash)) {
      const content = await blobs.putFile(paths.absolute(step.path), entry.size);
      if (content.hash !== entry.hash) throw new CheckpointError('changedMeanwhile', { path: step.path });
    }
    const bytes = step.to.kind === 'file' ? draft.given(step.to.hash) : undefined;
    if (bytes !== undefined && textFileOf(bytes) !== null) await blobs.putBytes(bytes);
  } catch (error) {
    throw checkpointErrorOf(error, step.path);
  }
}

/**
 * The nearest folder that is there already, so that the new content lies on the same file system before anything
 * changes.
 */
function stageFor({ fs, paths }: StoreParts, path: string): string {
  let folder = dirname(path);
  while (folder !== '.' && fs.lstat(paths.absolute(folder))?.isDirectory() !== true) folder = dirname(folder);
  return folder;
}
