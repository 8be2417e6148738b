import { absent, foldersAbove, netChanges, sameEntry, type Change, type Entry } from '../../../core/checkpoint.ts';
import { CheckpointError, checkpointErrorOf } from './checkpointError.ts';
import { Draft } from './draft.ts';
import type { Generation } from './history.ts';
import type { Captured, JournalLine } from './journalLine.ts';
import { countChange } from './preparePlan.ts';
import type { StoreParts } from './storeParts.ts';
import { bytesOf } from './textFile.ts';

/**
 * What stands at a path before something else touches it, kept durably: the file, a link and what it leads to, a folder
 * with all that is in it, and which folders above are not there yet.
 */
export async function recordLine(
  parts: StoreParts,
  generation: Generation,
  given: string,
): Promise<Extract<JournalLine, { type: 'record' }>> {
  const draft = new Draft(parts.fs, parts.paths, parts.blobs);
  const path = parts.paths.entry(given);
  const named = [...new Set([path, parts.paths.file(given)])];
  for (const each of named) await draft.keepLarge(each);
  const isFolder = (await draft.get(path)).kind === 'folder';
  const missing: string[] = [];
  for (const folder of named.flatMap(foldersAbove)) {
    if ((await draft.get(folder)).kind === 'absent') missing.push(folder);
  }
  const below = isFolder ? await draft.below(path) : [];
  const entries: { path: string; before: Entry }[] = [];
  for (const each of new Set([...missing, ...named, ...below])) {
    if (!generation.recorded.has(each)) entries.push({ path: each, before: await kept(parts, draft, each) });
  }
  await parts.blobs.flush();
  return { type: 'record', id: generation.id, entries, folders: isFolder ? [path] : [] };
}

/**
 * The generation's end: what stands now at everything that was recorded, and how many lines each file gained and lost
 * in all.
 */
export async function commitLine(
  parts: StoreParts,
  generation: Generation,
  at: string,
  outside: readonly string[],
): Promise<Extract<JournalLine, { type: 'commit' }>> {
  const draft = new Draft(parts.fs, parts.paths, parts.blobs);
  const captured: Captured[] = [];
  for (const [path, before] of await recordedPaths(draft, generation)) {
    const after = await draft.get(path);
    if (sameEntry(before, after)) continue;
    const text = await draft.text(path, after);
    if (text !== null) await parts.blobs.putBytes(bytesOf(text));
    captured.push({ path, before, after, ...(await countChange(draft, path, before, after)) });
  }
  await parts.blobs.flush();
  const changes = [...generation.changes, ...captured.map((each) => ({ ...each, position: Infinity }))];
  const counts = await netCounts(draft, changes);
  return { type: 'commit', id: generation.id, at, captured, counts, outside: [...outside] };
}

async function kept({ blobs, paths }: StoreParts, draft: Draft, path: string): Promise<Entry> {
  const entry = await draft.get(path);
  if (entry.kind !== 'file' || draft.isKept(entry.hash)) return entry;
  try {
    const content = await blobs.putFile(paths.absolute(path), entry.size);
    if (content.hash !== entry.hash) throw new CheckpointError('changedMeanwhile', { path });
  } catch (error) {
    throw checkpointErrorOf(error, path);
  }
  return entry;
}

async function recordedPaths(draft: Draft, generation: Generation): Promise<Map<string, Entry>> {
  const paths = new Map([...generation.recorded].map(([path, { entry }]) => [path, entry]));
  for (const folder of generation.recordedFolders) {
    if ((await draft.get(folder)).kind !== 'folder') continue;
    for (const path of await draft.below(folder)) if (!paths.has(path)) paths.set(path, absent);
  }
  return paths;
}

/** Where several changes of a path add up, or a file was moved, the sum is counted anew. */
async function netCounts(
  draft: Draft,
  changes: readonly Change[],
): Promise<{ path: string; added: number; removed: number }[]> {
  const net = netChanges(changes);
  const byPath = new Map(net.map((change) => [change.path, change]));
  const counts = [];
  for (const change of net) {
    const source = change.origin === undefined ? undefined : byPath.get(change.origin);
    const isSum = changes.filter(({ path }) => path === change.path).length > 1;
    if (!isSum && source === undefined) continue;
    const before = source?.before ?? change.before;
    counts.push({ path: change.path, ...(await countChange(draft, change.path, before, change.after)) });
  }
  return counts;
}
