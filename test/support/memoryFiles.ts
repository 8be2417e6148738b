import type { StateFiles } from '../../src/extension/chat/chatSession.ts';

/** The files of a storage folder, in memory. */
export class MemoryFiles implements StateFiles {
  readonly texts = new Map<string, string>();

  read(name: string): Promise<string | null> {
    return Promise.resolve(this.texts.get(name) ?? null);
  }

  write(name: string, text: string): Promise<void> {
    this.texts.set(name, text);
    return Promise.resolve();
  }
}
