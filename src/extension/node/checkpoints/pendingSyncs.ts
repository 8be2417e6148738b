import type { FileSystem } from './nodeFileSystem.ts';

/** Files held open while they wait for the disk; more would come near the limits of small systems. */
const MOST_AT_ONCE = 64;

/**
 * Files whose bytes are written and must be on the disk before the next thing happens. They are waited for together:
 * a dozen files at once take the disk hardly longer than one.
 */
export class PendingSyncs {
  readonly #fs: FileSystem;
  #waiting: number[] = [];

  constructor(fs: FileSystem) {
    this.#fs = fs;
  }

  /** Takes over an open file; it is closed when it is on the disk. */
  async add(fd: number): Promise<void> {
    this.#waiting.push(fd);
    if (this.#waiting.length >= MOST_AT_ONCE) await this.finish();
  }

  /** Makes a folder's own entries durable, too. Windows can't, and needn't. */
  async addFolder(folder: string): Promise<void> {
    if (process.platform !== 'win32') await this.add(this.#fs.open(folder, 'r'));
  }

  /** Waits until all is on the disk. */
  async finish(): Promise<void> {
    const files = this.#waiting;
    this.#waiting = [];
    const results = await Promise.allSettled(files.map((fd) => this.#fs.sync(fd)));
    closeQuietly(this.#fs, files);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** Lets go of everything after an error. */
  drop(): void {
    closeQuietly(this.#fs, this.#waiting.splice(0));
  }
}

/** What can't be closed can't be helped; the others still are. */
export function closeQuietly(fs: FileSystem, files: readonly number[]): void {
  for (const fd of files) {
    try {
      fs.close(fd);
    } catch {
      continue;
    }
  }
}
