import { join } from 'node:path';
import { closeQuietly } from './pendingSyncs.ts';
import type { FileSystem } from './nodeFileSystem.ts';

/**
 * The mode that the system gives a new file: everything but what the person's umask takes away. It is found by making
 * a file, since asking for the umask is not safe beside threads.
 */
export function newFileMode(fs: FileSystem, folder: string): number {
  const probe = join(folder, `probe-${String(process.pid)}`);
  const fd = fs.open(probe, 'w', 0o666);
  try {
    return Number(fs.lstat(probe)?.mode ?? 0o644) & 0o777;
  } finally {
    closeQuietly(fs, [fd]);
    fs.remove(probe);
  }
}
