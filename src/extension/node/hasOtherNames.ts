import { lstat } from 'node:fs/promises';

/**
 * Whether a file is known by further names on the disk (hard links). To replace it would part them, so that only one of
 * them would show the change; the editor writes into it as it stands.
 */
export async function hasOtherNames(path: string): Promise<boolean> {
  const stats = await lstat(path);
  return stats.isFile() && stats.nlink > 1;
}
