import type { Memento } from 'vscode';

/** What an extension remembers, in memory. */
export class MemoryMemento implements Memento {
  readonly #values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  readonly get = ((key: string, defaultValue?: unknown) => this.#values.get(key) ?? defaultValue) as Memento['get'];

  update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, value);
    return Promise.resolve();
  }
}
