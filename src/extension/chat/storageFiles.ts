import * as vscode from 'vscode';
import type { StateFiles } from './chatSession.ts';

/**
 * Files in the extension's own storage. A write goes to a temporary file first and is then renamed over the old one.
 */
export class StorageFiles implements StateFiles {
  readonly #folder: vscode.Uri;
  readonly #newId: () => string;

  constructor(folder: vscode.Uri, newId: () => string) {
    this.#folder = folder;
    this.#newId = newId;
  }

  async read(name: string): Promise<string | null> {
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.#folder, name)));
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return null;
      throw error;
    }
  }

  async write(name: string, text: string): Promise<void> {
    const target = vscode.Uri.joinPath(this.#folder, name);
    const temporary = target.with({ path: `${target.path}.${this.#newId()}.tmp` });
    await vscode.workspace.fs.writeFile(temporary, new TextEncoder().encode(text));
    await vscode.workspace.fs.rename(temporary, target, { overwrite: true });
  }
}
