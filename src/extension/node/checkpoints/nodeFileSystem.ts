import fs from 'node:fs';

/**
 * Every file-system call of the checkpoint store, so that a test can end the process at each of them in turn. Small
 * calls are synchronous: they take tens of microseconds, a round trip through the thread pool takes hundreds.
 */
export const nodeFileSystem = {
  /** Undefined if nothing stands there, also because something above is no folder. */
  lstat: (path: string): fs.BigIntStats | undefined => {
    try {
      return fs.lstatSync(path, { bigint: true, throwIfNoEntry: false });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined;
      throw error;
    }
  },
  names: (folder: string): string[] => fs.readdirSync(folder),
  realPath: (path: string): string => fs.realpathSync.native(path),
  open: (path: string, flags: string, mode?: number): number => fs.openSync(path, flags, mode),
  size: (fd: number): number => fs.fstatSync(fd).size,
  read: (fd: number, buffer: Uint8Array, position: number): number =>
    fs.readSync(fd, buffer, 0, buffer.length, position),
  write: (fd: number, bytes: Uint8Array): number => fs.writeSync(fd, bytes),
  truncate: (fd: number, size: number): void => fs.ftruncateSync(fd, size),
  setMode: (fd: number, mode: number): void => fs.fchmodSync(fd, mode),
  changeOwner: (path: string, user: number, group: number): void => fs.chownSync(path, user, group),
  changeMode: (path: string, mode: number): void => fs.chmodSync(path, mode),
  /** In the thread pool: the disk may take long, and several files are waited for together. */
  sync: (fd: number): Promise<void> =>
    new Promise((resolve, reject) => {
      fs.fsync(fd, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    }),
  close: (fd: number): void => fs.closeSync(fd),
  rename: (from: string, to: string): void => fs.renameSync(from, to),
  remove: (path: string): void => fs.unlinkSync(path),
  makeFolder: (path: string): void => fs.mkdirSync(path),
  makeFolders: (path: string): void => void fs.mkdirSync(path, { recursive: true, mode: 0o700 }),
  removeFolder: (path: string): void => fs.rmdirSync(path),
  makeLink: (target: string, path: string): void => fs.symlinkSync(target, path),
  linkTarget: (path: string): string => fs.readlinkSync(path),
  /** Whether `A` and `a` are one file here, as on macOS and Windows. */
  ignoresCase: process.platform === 'darwin' || process.platform === 'win32',
};

export type FileSystem = typeof nodeFileSystem;
