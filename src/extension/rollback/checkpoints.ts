import * as vscode from 'vscode';
import type { CheckpointStore } from '../node/checkpointStore.ts';

/** The checkpoint stores of an account in this workspace, one per folder, opened at first use. */
export class Checkpoints implements vscode.Disposable {
  readonly #place: vscode.Uri;
  readonly #stores = new Map<string, Promise<CheckpointStore>>();

  /** `place` is the folder that they are in. */
  constructor(place: vscode.Uri) {
    this.#place = place;
  }

  /** The store of a workspace folder, given by its URI. Rejects if it cannot be opened; the next call tries again. */
  of(folder: vscode.Uri): Promise<CheckpointStore> {
    const key = folder.toString();
    const known = this.#stores.get(key);
    if (known) return known;
    const opened = this.#open(folder);
    this.#stores.set(key, opened);
    opened.catch(() => this.#stores.delete(key));
    return opened;
  }

  dispose(): void {
    for (const store of this.#stores.values()) void store.then((opened) => opened.close()).catch(() => undefined);
  }

  async #open(folder: vscode.Uri): Promise<CheckpointStore> {
    const [{ openCheckpointStore }, name] = await Promise.all([
      import('../node/checkpointStore.ts'),
      nameOf(folder.toString()),
    ]);
    const place = vscode.Uri.joinPath(this.#place, name);
    await vscode.workspace.fs.createDirectory(place);
    return openCheckpointStore(place.fsPath, folder.fsPath);
  }
}

/** Half of a SHA-256 keeps any two folders apart. */
const NAME_BYTES = 16;

async function nameOf(folder: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(folder));
  return Buffer.from(digest).subarray(0, NAME_BYTES).toString('hex');
}
