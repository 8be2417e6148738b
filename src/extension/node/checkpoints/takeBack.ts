import { dirname } from 'node:path';
import { sameEntry, type Entry } from '../../../core/checkpoint.ts';
import { keepOwner, syncFoldersOf, temporaryPath, writeStaged } from './carryOut.ts';
import { checkpointErrorOf, codeOf } from './checkpointError.ts';
import type { PlanLine, Step } from './journalLine.ts';
import { observe } from './observe.ts';
import type { StoreParts } from './storeParts.ts';

/**
 * Undoes a plan that was not carried out to its end: every path becomes again what it was before. Safe to repeat after
 * another crash. A path that somebody else has changed since is left alone and named in the answer.
 */
export async function takeBack(parts: StoreParts, plan: PlanLine): Promise<string[]> {
  removeTemporaries(parts, plan);
  const left: string[] = [];
  const restored: [number, Step, Entry][] = [];
  for (const [index, step] of [...plan.steps.entries()].toReversed()) {
    const now = await presentOf(parts, step);
    if (sameEntry(now, step.from)) continue;
    const isOurs = sameEntry(now, step.to) || now.kind === 'absent';
    if (isOurs && clear(parts, step, now)) restored.push([index, step, now]);
    else left.push(step.path);
  }
  for (const [index, step, now] of restored.toReversed()) {
    try {
      await restore(parts, plan, index, step, now);
    } catch (error) {
      throw checkpointErrorOf(error, step.path);
    }
  }
  await syncFoldersOf(parts, plan);
  return left;
}

/** Whether everything that a plan wanted has come about. */
export async function isCarriedOut(parts: StoreParts, plan: PlanLine): Promise<boolean> {
  for (const step of plan.steps) if (!sameEntry(await presentOf(parts, step), step.to)) return false;
  return true;
}

async function presentOf({ fs, paths }: StoreParts, { path }: Step): Promise<Entry> {
  try {
    return (await observe(fs, paths.absolute(path))).entry;
  } catch (error) {
    throw checkpointErrorOf(error, path);
  }
}

function removeTemporaries(parts: StoreParts, plan: PlanLine): void {
  for (const [index, step] of plan.steps.entries()) {
    for (const folder of new Set([step.stage, dirname(step.path)])) {
      try {
        parts.fs.remove(temporaryPath(parts, plan, index, folder));
      } catch (error) {
        if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') throw checkpointErrorOf(error, step.path);
      }
    }
  }
}

/**
 * Makes room where something of another kind is to come back. False if a folder of ours has been filled by somebody
 * else.
 */
function clear({ fs, paths }: StoreParts, { path, from }: Step, now: Entry): boolean {
  const isInTheWay = from.kind === 'absent' || (now.kind === 'folder') !== (from.kind === 'folder');
  if (now.kind === 'absent' || !isInTheWay) return true;
  try {
    if (now.kind === 'folder') fs.removeFolder(paths.absolute(path));
    else fs.remove(paths.absolute(path));
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOTEMPTY' || codeOf(error) === 'EEXIST') return false;
    throw checkpointErrorOf(error, path);
  }
}

async function restore(parts: StoreParts, plan: PlanLine, index: number, step: Step, now: Entry): Promise<void> {
  const { fs, paths } = parts;
  const { from } = step;
  const [path, temporary] = [paths.absolute(step.path), temporaryPath(parts, plan, index, dirname(step.path))];
  if (from.kind === 'folder') {
    fs.makeFolder(path);
    if (from.mode !== undefined) fs.changeMode(path, from.mode);
  } else if (from.kind === 'link') {
    fs.makeLink(from.target, temporary);
    fs.rename(temporary, path);
  } else if (from.kind === 'file' && now.kind === 'file' && now.hash === from.hash) {
    fs.changeMode(path, from.mode);
  } else if (from.kind === 'file') {
    await writeStaged(parts, temporary, from, undefined);
    await parts.syncs.finish();
    keepOwner(parts, path, temporary);
    fs.changeMode(temporary, from.mode);
    fs.rename(temporary, path);
  }
}
