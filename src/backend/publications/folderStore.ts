import { mkdir, open, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { AppStore } from './appStore.ts';

/** Published apps in a folder of this machine. */
export class FolderStore implements AppStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    const file = path.join(this.#folder, key);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }

  async get(key: string, range?: { start: number; end: number }): Promise<Readable | null> {
    const file = await orNull(open(path.join(this.#folder, key)));
    return file && file.createReadStream(range);
  }

  /** First the files, then the folders that name them, up to the one that was there before. */
  async sync(prefix: string): Promise<void> {
    const files = (await this.list(prefix)).values();
    const worker = async (): Promise<void> => {
      for (const file of files) await syncFile(path.join(this.#folder, file));
    };
    await Promise.all(Array.from({ length: SYNCED_AT_ONCE }, worker));
    for (let folder = prefix; folder !== '.'; folder = path.posix.dirname(folder)) {
      await syncFolder(path.join(this.#folder, folder));
    }
    await syncFolder(this.#folder);
  }

  async list(prefix: string): Promise<string[]> {
    const entries = await orNull(readdir(path.join(this.#folder, prefix), { recursive: true, withFileTypes: true }));
    return (entries ?? [])
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(this.#folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
  }

  async remove(prefix: string): Promise<void> {
    await rm(path.join(this.#folder, prefix), { recursive: true, force: true });
  }
}

/** Disks write what is asked for together together. */
const SYNCED_AT_ONCE = 16;

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Windows opens no folder, and keeps the names in it safe by itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function orNull<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
