import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';

/**
 * Resolves when the editor has told of everything that happened to files of its folders before: what a suite removes at
 * its end is told a moment later, and would look like somebody's change in the next one.
 */
export async function watcherCaughtUp(): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  await Promise.all(folders.map(({ uri }) => caughtUpIn(uri)));
}

async function caughtUpIn(folder: vscode.Uri): Promise<void> {
  const file = vscode.Uri.joinPath(folder, `caught-up-${randomUUID()}`);
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**'));
  const told = (event: vscode.Event<vscode.Uri>): Promise<void> =>
    new Promise((resolve) => {
      event(({ path }) => {
        if (path === file.path) resolve();
      });
    });
  const [made, removed] = [told(watcher.onDidCreate), told(watcher.onDidDelete)];
  writeFileSync(file.fsPath, '');
  await made;
  rmSync(file.fsPath);
  await removed;
  watcher.dispose();
}
