import * as vscode from 'vscode';
import type { WorkspaceAccess } from './tools/toolFiles.ts';

/**
 * The folder that a generation belongs to: the active editor's, else the first; undefined if none is open on a disk.
 */
export function generationFolder(): vscode.Uri | undefined {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const active = vscode.window.activeTextEditor?.document.uri;
  const own = active && vscode.workspace.getWorkspaceFolder(active);
  return (folders.find(({ uri }) => uri.toString() === own?.uri.toString()) ?? folders[0])?.uri;
}

/** What may be done in the workspace at all. */
export async function workspaceAccess(folder: vscode.Uri | undefined): Promise<WorkspaceAccess> {
  if (!folder) return 'none';
  if (!vscode.workspace.isTrusted) return 'restricted';
  const { isWritableFolder } = await import('../node/isWritableFolder.ts');
  return (await isWritableFolder(folder.fsPath)) ? 'open' : 'readOnly';
}
