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

async function orNull<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
