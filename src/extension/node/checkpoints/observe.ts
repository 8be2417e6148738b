import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { basename, dirname } from 'node:path';
import { absent, type Entry } from '../../../core/checkpoint.ts';
import { CheckpointError } from './checkpointError.ts';
import type { FileSystem } from './nodeFileSystem.ts';
import { readChunks } from './readChunks.ts';

/**
 * What stands at a path, with the stamp by which a later look can tell whether it still does. Null: nothing stands
 * there.
 */
export interface Observed {
  readonly entry: Entry;
  readonly stamp: string | null;
}

/** Permission bits, set-id and sticky bits included. */
export const MODE_BITS = 0o7777;

/**
 * What stands at a path now, by content. A file that changes while it is read is read again; one that never rests is
 * `changedMeanwhile`. Sockets and devices are no files: `failed`.
 */
export async function observe(fs: FileSystem, path: string): Promise<Observed> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const stats = lstatExactly(fs, path);
    if (stats === undefined) return { entry: absent, stamp: null };
    const stamp = stampOf(stats);
    const entry = await entryOf(fs, path, stats);
    if (stampAt(fs, path) === stamp) return { entry, stamp };
  }
  throw new CheckpointError('changedMeanwhile', { path });
}

/** A file that a build writes over and over is given this many chances to rest. */
const MAX_TRIES = 3;

/** The stamp of what stands at a path, or null. */
export function stampAt(fs: FileSystem, path: string): string | null {
  const stats = lstatExactly(fs, path);
  return stats === undefined ? null : stampOf(stats);
}

/** Whether at a path there still stands what had this stamp; null: nothing. */
export function stillStands(fs: FileSystem, path: string, stamp: string | null): boolean {
  const stats = lstatExactly(fs, path);
  if (stats === undefined || stamp === null) return stats === undefined && stamp === null;
  return [stampOf(stats), stampOf(stats, { ofMany: true })].includes(stamp);
}

/** Where case is ignored, `a` answers for `A`: only the folder knows which of them it is. */
function lstatExactly(fs: FileSystem, path: string): BigIntStats | undefined {
  const stats = fs.lstat(path);
  const isOther = stats !== undefined && fs.ignoresCase && !fs.names(dirname(path)).includes(basename(path));
  return isOther ? undefined : stats;
}

/**
 * A folder's times change with whatever is put into it, so they say nothing about the folder. One of many names of a
 * file has another time of change as soon as one of the others goes.
 */
function stampOf(stats: BigIntStats, { ofMany } = { ofMany: stats.nlink > 1n }): string {
  const own = [stats.dev, stats.ino, stats.mode];
  const content = [...own, stats.size, stats.mtimeNs];
  return (stats.isDirectory() ? own : ofMany ? content : [...content, stats.ctimeNs]).join(' ');
}

async function entryOf(fs: FileSystem, path: string, stats: BigIntStats): Promise<Entry> {
  const mode = Number(stats.mode) & MODE_BITS;
  if (stats.isSymbolicLink()) return { kind: 'link', target: fs.linkTarget(path) };
  if (stats.isDirectory()) return { kind: 'folder', mode };
  if (!stats.isFile()) throw new CheckpointError('failed', { path, code: 'no_file' });
  const hash = createHash('sha256');
  let size = 0;
  await readChunks(fs, path, (chunk) => {
    hash.update(chunk);
    size += chunk.length;
  });
  return { kind: 'file', hash: hash.digest('hex'), size, mode };
}
