import * as vscode from 'vscode';
import { outsideNames } from './outsideNames.ts';

/**
 * What something else changes in a folder while a generation runs: a build, a watcher, another extension. What the
 * person saves is theirs and kept by every roll back, so it is not among it.
 */
export class OutsideChanges implements vscode.Disposable {
  readonly #folder: string;
  readonly #changed = new Set<string>();
  readonly #saved = new Set<string>();
  readonly #subscriptions: vscode.Disposable[];

  constructor(folder: vscode.Uri) {
    this.#folder = folder.path.replace(/\/$/, '');
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**'));
    const note = ({ path }: vscode.Uri) => {
      if (path.startsWith(`${this.#folder}/`)) this.#changed.add(this.#relative(path));
    };
    this.#subscriptions = [
      watcher,
      watcher.onDidChange(note),
      watcher.onDidCreate(note),
      watcher.onDidDelete(note),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#saved.add(this.#relative(uri.path))),
      vscode.workspace.onDidSaveNotebookDocument(({ uri }) => this.#saved.add(this.#relative(uri.path))),
    ];
  }

  /** What was changed up to now, but for these files, as it is named to people. */
  names(own: readonly string[]): string[] {
    const known = new Set([...own, ...own.flatMap(foldersOf), ...this.#saved]);
    return outsideNames([...this.#changed].filter((path) => !known.has(path)));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #relative(path: string): string {
    return path.slice(this.#folder.length + 1);
  }
}

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
