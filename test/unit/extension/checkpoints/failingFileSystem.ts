import { nodeFileSystem, type FileSystem } from '../../../../src/extension/node/checkpoints/nodeFileSystem.ts';

export interface FailingFileSystem {
  readonly fs: FileSystem;
  /** From the call with this number on (counted from 0, after this), calls fail. */
  arm(call: number): void;
  disarm(): void;
  /** Whether a call has failed. */
  hit(): boolean;
}

/**
 * The real file system until it is told to fail: once, as on a full disk, or from then on, as after the end of the
 * process.
 */
export function failingFrom(once: boolean, fail: () => never = diskFull): FailingFileSystem {
  let left = Infinity;
  let hasHit = false;
  const isDue = (): boolean => {
    left -= 1;
    if (left >= 0 || (once && hasHit)) return false;
    hasHit = true;
    return true;
  };
  const check = (): void => {
    if (isDue()) fail();
  };
  const real = nodeFileSystem;
  const fs: FileSystem = {
    lstat: (path) => (check(), real.lstat(path)),
    names: (folder) => (check(), real.names(folder)),
    realPath: (path) => (check(), real.realPath(path)),
    open: (path, flags, mode) => (check(), real.open(path, flags, mode)),
    size: (fd) => (check(), real.size(fd)),
    read: (fd, buffer, position) => (check(), real.read(fd, buffer, position)),
    /** A write that is cut off leaves half of its bytes. */
    write: (fd, bytes) => {
      if (!isDue()) return real.write(fd, bytes);
      if (bytes.length > 1) real.write(fd, bytes.subarray(0, bytes.length >> 1));
      return fail();
    },
    truncate: (fd, size) => (check(), real.truncate(fd, size)),
    setMode: (fd, mode) => (check(), real.setMode(fd, mode)),
    changeOwner: (path, user, group) => (check(), real.changeOwner(path, user, group)),
    changeMode: (path, mode) => (check(), real.changeMode(path, mode)),
    sync: async (fd) => (check(), real.sync(fd)),
    /** The system closes the files of a process that ends. */
    close: (fd) => (real.close(fd), check()),
    rename: (from, to) => (check(), real.rename(from, to)),
    remove: (path) => (check(), real.remove(path)),
    makeFolder: (path) => (check(), real.makeFolder(path)),
    makeFolders: (path) => (check(), real.makeFolders(path)),
    removeFolder: (path) => (check(), real.removeFolder(path)),
    makeLink: (target, path) => (check(), real.makeLink(target, path)),
    linkTarget: (path) => (check(), real.linkTarget(path)),
    ignoresCase: real.ignoresCase,
  };
  return {
    fs,
    arm: (call) => {
      left = call;
    },
    disarm: () => {
      left = Infinity;
    },
    hit: () => hasHit,
  };
}

function diskFull(): never {
  throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
}
