import type { Memento } from 'vscode';
import * as z from 'zod/mini';

/** The commands that the person lets run without a question in this workspace, each exactly as it was shown. */
export class AllowedCommands {
  readonly #memory: Memento;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  get list(): readonly string[] {
    const kept = Commands.safeParse(this.#memory.get(KEY));
    return kept.success ? kept.data : [];
  }

  has(command: string): boolean {
    return this.list.includes(command);
  }

  async add(command: string): Promise<void> {
    if (!this.has(command)) await this.#memory.update(KEY, [...this.list, command]);
  }

  /** Only these are allowed from now on. */
  async keepOnly(commands: readonly string[]): Promise<void> {
    await this.#memory.update(
      KEY,
      this.list.filter((command) => commands.includes(command)),
    );
  }
}

const KEY = 'chat.allowedCommands';
const Commands = z.array(z.string());
