import * as vscode from 'vscode';

/**
 * Asks where to, beside the open folder at first, where no app that is published takes it along, and writes a text
 * there; false if the person changes their mind.
 */
export async function saveTextFile(name: string, text: string): Promise<boolean> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const to = await vscode.window.showSaveDialog(
    folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, '..', name) },
  );
  if (to === undefined) return false;
  await vscode.workspace.fs.writeFile(to, new TextEncoder().encode(text));
  return true;
}
