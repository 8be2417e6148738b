import { dirname, join } from 'node:path';
import type { FileEntry } from '../../../core/checkpoint.ts';
import { stagedName } from '../../../core/stagedName.ts';
import { CheckpointError, checkpointErrorOf, codeOf } from './checkpointError.ts';
import type { PlanLine, Step } from './journalLine.ts';
import { stillStands } from './observe.ts';
import { writeAll } from './readChunks.ts';
import type { StoreParts } from './storeParts.ts';

/** What a plan needs besides itself: the stamps of what it replaces, and contents that are only in memory. */
export interface PlanInputs {
  readonly stamps: ReadonlyMap<string, string | null>;
  readonly given: (hash: string) => Uint8Array | undefined;
}

/**
 * Does what a plan says, once what it replaces and the plan itself are durable. All new contents are written beside
 * their places first, so that a full disk is found before anything has changed; then files are removed, and put in
 * place by renaming, which is never half done and changes no other name of a file (hard links). What was touched by
 * somebody else since it was looked at is `changedMeanwhile`. On any error the caller takes back what was done.
 */
export async function carryOut(parts: StoreParts, plan: PlanLine, inputs: PlanInputs): Promise<void> {
  for (const [index, step] of plan.steps.entries()) {
    if (!needsContent(step)) continue;
    await naming(step.path, () => stage(parts, step, temporaryPath(parts, plan, index, step.stage), inputs));
  }
  await parts.syncs.finish();
  for (const step of plan.steps.toReversed()) {
    if (isRemoved(step)) await naming(step.path, () => removeOne(parts, step, inputs));
  }
  for (const [index, step] of plan.steps.entries()) {
    if (step.to.kind === 'absent') continue;
    await naming(step.path, () => placeOne(parts, step, temporaryPath(parts, plan, index, step.stage), inputs));
  }
  await syncFoldersOf(parts, plan);
}

/** Where a step's new content waits; its name tells the plan, so that a crash leaves nothing nameless. */
export function temporaryPath({ paths }: StoreParts, plan: PlanLine, index: number, folder: string): string {
  const name = stagedName(plan.plan, index);
  return folder === '.' ? join(paths.root, name) : join(paths.absolute(folder), name);
}

/** Makes names durable in every folder that a plan touched and that is still there. */
export async function syncFoldersOf({ paths, syncs }: StoreParts, plan: PlanLine): Promise<void> {
  const folders = new Set(plan.steps.map(({ path }) => dirname(paths.absolute(path))));
  for (const folder of folders) {
    try {
      await syncs.addFolder(folder);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') throw error;
    }
  }
  await syncs.finish();
}

/** Writes a content into a file of its own, with the mode it will have; the pending syncs make it durable. */
export async function writeStaged(
  { fs, blobs, syncs }: StoreParts,
  path: string,
  entry: FileEntry,
  bytes: Uint8Array | undefined,
): Promise<void> {
  const fd = fs.open(path, 'wx', 0o600);
  try {
    if (bytes === undefined) await blobs.stream(entry, (chunk) => writeAll(fs, fd, chunk));
    else writeAll(fs, fd, bytes);
    fs.setMode(fd, entry.mode);
  } catch (error) {
    fs.close(fd);
    throw error;
  }
  await syncs.add(fd);
}

/** Keeps the owner of a file that is replaced, where we may. */
export function keepOwner({ fs }: StoreParts, replaced: string, temporary: string): void {
  const [old, fresh] = [fs.lstat(replaced), fs.lstat(temporary)];
  if (old?.isFile() !== true || fresh === undefined || (old.uid === fresh.uid && old.gid === fresh.gid)) return;
  try {
    fs.changeOwner(temporary, Number(old.uid), Number(old.gid));
    fs.changeMode(temporary, Number(old.mode) & 0o7777);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') throw error;
  }
}

function needsContent({ from, to }: Step): boolean {
  return to.kind === 'file' && !(from.kind === 'file' && from.hash === to.hash);
}

function isRemoved({ from, to }: Step): boolean {
  if (from.kind === 'absent') return false;
  return to.kind === 'absent' || (from.kind === 'folder') !== (to.kind === 'folder');
}

async function stage(parts: StoreParts, step: Step, temporary: string, inputs: PlanInputs): Promise<void> {
  if (step.to.kind !== 'file') return;
  await writeStaged(parts, temporary, step.to, inputs.given(step.to.hash));
  if (step.from.kind === 'file') {
    keepOwner(parts, parts.paths.absolute(step.path), temporary);
    parts.fs.changeMode(temporary, step.to.mode);
  }
}

function removeOne({ fs, paths }: StoreParts, step: Step, { stamps }: PlanInputs): void {
  const path = paths.absolute(step.path);
  expectUntouched(fs, step.path, path, stamps.get(step.path));
  if (step.from.kind === 'folder') fs.removeFolder(path);
  else fs.remove(path);
}

function placeOne({ fs, paths }: StoreParts, step: Step, temporary: string, { stamps }: PlanInputs): void {
  const path = paths.absolute(step.path);
  expectUntouched(fs, step.path, path, isRemoved(step) ? null : stamps.get(step.path));
  if (step.to.kind === 'folder') {
    fs.makeFolder(path);
    if (step.to.mode !== undefined) fs.changeMode(path, step.to.mode);
  } else if (step.to.kind === 'link') {
    fs.makeLink(step.to.target, temporary);
    fs.rename(temporary, path);
  } else if (step.to.kind === 'file') {
    if (needsContent(step)) fs.rename(temporary, path);
    else fs.changeMode(path, step.to.mode);
  }
}

function expectUntouched(fs: StoreParts['fs'], path: string, absolute: string, stamp: string | null | undefined): void {
  if (stamp !== undefined && !stillStands(fs, absolute, stamp)) throw new CheckpointError('changedMeanwhile', { path });
}

async function naming(path: string, work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (codeOf(error) === 'ENOTEMPTY' || codeOf(error) === 'EEXIST') {
      throw new CheckpointError('changedMeanwhile', { path }, error);
    }
    if (error instanceof CheckpointError && error.kind === 'damaged') {
      throw new CheckpointError('damaged', { path, ...error.details }, error);
    }
    throw checkpointErrorOf(error, path);
  }
}
