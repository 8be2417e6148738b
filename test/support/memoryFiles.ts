import type { ListedFile, StateFiles } from '../../src/extension/chat/stateFiles.ts';

/** The files of a storage folder, in memory. */
export class MemoryFiles implements StateFiles {
  readonly texts = new Map<string, string>();
  readonly #modified = new Map<string, number>();
  readonly #locked = new Set<string>();
  /** Moves on with every write. */
  now = 0;

  read(name: string): Promise<string | null> {
    return Promise.resolve(this.texts.get(name) ?? null);
  }

  write(name: string, text: string): Promise<void> {
    this.texts.set(name, text);
    this.#modified.set(name, (this.now += 1));
    return Promise.resolve();
  }

  remove(name: string): Promise<void> {
    this.texts.delete(name);
    return Promise.resolve();
  }

  list(folder: string): Promise<readonly ListedFile[]> {
    const within = [...this.texts.keys()].filter((name) => name.startsWith(`${folder}/`));
    const listed = within.map((name) => ({
      name: name.slice(folder.length + 1),
      modifiedAt: this.#modified.get(name) ?? 0,
    }));
    return Promise.resolve(listed.filter(({ name }) => !name.includes('/')));
  }

  lock(name: string): Promise<(() => void) | null> {
    if (this.#locked.has(name)) return Promise.resolve(null);
    this.#locked.add(name);
    return Promise.resolve(() => this.#locked.delete(name));
  }
}
