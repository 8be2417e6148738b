import * as vscode from 'vscode';

/**
 * Hears when something else may go along with a message. `selected`: the selection moved; `settings`: what the composer
 * shows may differ as well.
 */
export function contextEvents(hear: {
  readonly refresh: () => void;
  readonly selected: () => void;
  readonly settings: () => void;
}): vscode.Disposable[] {
  const { refresh, selected, settings } = hear;
  return [
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('tokenfare') || change.affectsConfiguration('files.exclude')) settings();
    }),
    vscode.window.onDidChangeActiveTextEditor(refresh),
    vscode.window.onDidChangeTextEditorSelection(selected),
    // It may be what the person looks at, what is attached, an instruction or what is kept back.
    vscode.workspace.onDidSaveTextDocument(refresh),
    vscode.workspace.onDidChangeWorkspaceFolders(settings),
    vscode.workspace.onDidGrantWorkspaceTrust(settings),
  ];
}
