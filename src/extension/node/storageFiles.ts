import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { ListedFile, StateFiles } from '../chat/stateFiles.ts';

/** Files in the extension's own storage. A write is whole or not at all, whenever the process ends. */
export class StorageFiles implements StateFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async read(name: string): Promise<string | null> {
    try {
      return await readFile(path.join(this.#folder, name), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  async write(name: string, text: string): Promise<void> {
    await writeFileAtomic(await this.#placeOf(name), text);
  }

  async remove(name: string): Promise<void> {
    await rm(path.join(this.#folder, name), { force: true });
  }

  async list(folder: string): Promise<readonly ListedFile[]> {
    const within = path.join(this.#folder, folder);
    const names = await readdir(within).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    });
    const listed = await Promise.all(names.map((name) => modifiedAt(within, name)));
    return listed.flatMap((file) => file ?? []);
  }

  async lock(name: string): Promise<(() => void) | null> {
    const [file, { fileLock }] = await Promise.all([this.#placeOf(name), import('./fileLock.ts')]);
    return fileLock(file);
  }

  async #placeOf(name: string): Promise<string> {
    const file = path.join(this.#folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    return file;
  }
}

/** Null for what was removed since its name was read. */
async function modifiedAt(folder: string, name: string): Promise<ListedFile | null> {
  const found = await stat(path.join(folder, name)).catch(() => null);
  return found?.isFile() ? { name, modifiedAt: found.mtimeMs } : null;
}
