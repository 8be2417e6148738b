import type { ChangeSet, FileChange } from '../../../core/changeSet.ts';
import { absent, type Entry } from '../../../core/checkpoint.ts';
import { CheckpointError } from './checkpointError.ts';
import type { Draft } from './draft.ts';
import { newFileMode } from './newFileMode.ts';
import { MODE_BITS } from './observe.ts';
import type { StoreParts } from './storeParts.ts';
import type { WorkspacePaths } from './workspacePaths.ts';

/**
 * Puts a change set into a draft, change by change. Paths are checked first: one that leads outside, and nothing is
 * done.
 */
export async function draftChanges({ fs, paths, blobs }: StoreParts, draft: Draft, changes: ChangeSet): Promise<void> {
  const isNew = changes.some(({ kind }) => kind === 'write');
  const mode = isNew ? newFileMode(fs, blobs.temporaryFolder()) : 0;
  for (const change of changes) {
    paths.entry(change.path);
    if (change.kind === 'rename') paths.entry(change.to);
  }
  for (const change of changes) await draftChange(draft, paths, change, mode);
}

async function draftChange(draft: Draft, paths: WorkspacePaths, change: FileChange, newMode: number): Promise<void> {
  switch (change.kind) {
    case 'write':
      return write(draft, paths, change, newMode);
    case 'delete':
    case 'rmdir':
      return remove(draft, paths.entry(change.path));
    case 'rename':
      return rename(draft, paths.entry(change.path), renamedTo(paths, change.path, change.to));
    case 'mode':
      return setMode(draft, paths.file(change.path), change.mode & MODE_BITS);
    case 'symlink':
      return place(draft, paths.entry(change.path), { kind: 'link', target: change.target });
    case 'mkdir':
      return makeFolder(draft, paths.entry(change.path));
  }
}

async function write(
  draft: Draft,
  paths: WorkspacePaths,
  change: Extract<FileChange, { kind: 'write' }>,
  newMode: number,
): Promise<void> {
  const path = await throughDraftedLinks(draft, paths, change.path);
  const bytes = typeof change.content === 'string' ? Buffer.from(change.content, 'utf8') : change.content;
  await draft.keepLarge(path);
  const old = await draft.get(path);
  const mode = change.mode ?? (old.kind === 'file' ? old.mode : newMode);
  await place(draft, path, draft.give(bytes, mode & MODE_BITS));
}

/** A link that was made earlier in the same change set is not on the disk yet: writing to it replaces it. */
async function throughDraftedLinks(draft: Draft, paths: WorkspacePaths, given: string): Promise<string> {
  const entry = paths.entry(given);
  await draft.keepLarge(entry);
  return (await draft.get(entry)).kind === 'link' ? paths.file(given) : entry;
}

async function remove(draft: Draft, path: string): Promise<void> {
  const entry = await draft.get(path);
  if (entry.kind === 'absent') throw new CheckpointError('missing', { path });
  if (entry.kind === 'folder') for (const below of await draft.below(path)) await draft.set(below, absent);
  await draft.set(path, absent);
}

async function rename(draft: Draft, from: string, to: string): Promise<void> {
  if (from === to) return;
  const entry = await draft.get(from);
  if (entry.kind === 'absent') throw new CheckpointError('missing', { path: from });
  if (to.startsWith(`${from}/`)) throw new CheckpointError('exists', { path: to });
  const below = entry.kind === 'folder' ? await draft.below(from) : [];
  if (entry.kind === 'folder' && (await draft.get(to)).kind !== 'absent') {
    throw new CheckpointError('exists', { path: to });
  }
  for (const path of [from, ...below]) {
    const moved = await draft.get(path);
    await draft.set(path, absent);
    await place(draft, to + path.slice(from.length), moved);
    if (moved.kind !== 'folder') draft.move(new Map([[path, to + path.slice(from.length)]]));
  }
}

async function setMode(draft: Draft, path: string, mode: number): Promise<void> {
  const entry = await draft.get(path);
  if (entry.kind === 'absent') throw new CheckpointError('missing', { path });
  if (entry.kind !== 'file') throw new CheckpointError('isFolder', { path });
  await draft.set(path, { ...entry, mode });
}

async function makeFolder(draft: Draft, path: string): Promise<void> {
  if ((await draft.get(path)).kind !== 'folder') await place(draft, path, { kind: 'folder' });
}

/** A folder is never replaced by something else without having been removed. */
async function place(draft: Draft, path: string, entry: Entry): Promise<void> {
  const old = await draft.get(path);
  if (old.kind === 'folder') throw new CheckpointError('isFolder', { path });
  if (entry.kind === 'folder' && old.kind !== 'absent') throw new CheckpointError('exists', { path });
  if (!(await draft.makeRoomFor(path))) throw new CheckpointError('exists', { path });
  await draft.set(path, entry);
}

/** A new name that differs in case alone is meant, and not the old file. */
function renamedTo(paths: WorkspacePaths, from: string, to: string): string {
  const [source, target] = [paths.entry(from), paths.entry(to)];
  const name = to.split('/').at(-1) ?? to;
  return target === source ? [...source.split('/').slice(0, -1), name].join('/') : target;
}
