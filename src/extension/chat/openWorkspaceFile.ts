import * as vscode from 'vscode';
import { resolveWorkspacePath } from '../../core/changeSet.ts';

/** Shows a file of the workspace, at a line counted from 1. What an answer links to may not lie anywhere else. */
export async function openWorkspaceFile({ path, line }: { path: string; line?: number | undefined }): Promise<void> {
  const resolved = resolveWorkspacePath(path);
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (resolved.kind === 'refusal') throw new Error(vscode.l10n.t('{0} is not in the workspace.', path));
  for (const { uri: folder } of folders) {
    const uri = vscode.Uri.joinPath(folder, resolved.path);
    const found = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (!found) continue;
    const at = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
    await vscode.window.showTextDocument(uri, line === undefined ? {} : { selection: new vscode.Range(at, at) });
    return;
  }
  throw new Error(vscode.l10n.t('{0} is not there any more.', path));
}
