import * as vscode from 'vscode';
import type { AssistantMessage } from './chatReducer.ts';
import { chatSettings } from './chatSettings.ts';

/** More editors than this at once hide each other. */
const MOST_OPENED = 10;

/** Opens what a generation has changed, as the setting says, without taking the focus. */
export async function openChangedFiles(folder: vscode.Uri, changes: AssistantMessage['changes']): Promise<void> {
  const setting = chatSettings.openChangedFiles();
  if (setting === 'never') return;
  const shown = changes.filter(({ kind }) => kind !== 'deleted').slice(0, setting === 'first' ? 1 : MOST_OPENED);
  for (const { path } of shown) {
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, path), { preserveFocus: true, preview: false });
  }
}
