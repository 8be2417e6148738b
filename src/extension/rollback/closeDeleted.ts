import * as vscode from 'vscode';

/** Closes the editors of files that are gone: they would only say so. */
export async function closeDeleted(uris: readonly vscode.Uri[]): Promise<void> {
  const gone = new Set<string>();
  for (const uri of uris) {
    const there = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (!there) gone.add(uri.toString());
  }
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const stale = tabs.filter(({ input }) => isFile(input) && gone.has(input.uri.toString()));
  if (stale.length > 0) await vscode.window.tabGroups.close(stale, true);
}

function isFile(input: unknown): input is vscode.TabInputText | vscode.TabInputNotebook {
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook;
}
