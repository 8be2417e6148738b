import * as vscode from 'vscode';
import { openDocument } from './workspaceText.ts';

/**
 * What is typed but not saved is part of the present, which every roll back and redo captures first, in notebooks too.
 * Throws a sentence if it can't be saved.
 */
export async function saveIfDirty(uri: vscode.Uri): Promise<void> {
  const notebook = vscode.workspace.notebookDocuments.find((open) => open.uri.toString() === uri.toString());
  for (const open of [openDocument(uri), notebook]) {
    if (open?.isDirty && !(await open.save())) {
      throw new Error(
        vscode.l10n.t('{0} has unsaved changes and could not be saved, so nothing was changed.', uri.fsPath),
      );
    }
  }
}
