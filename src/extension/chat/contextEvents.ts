import * as vscode from 'vscode';
import { IGNORE_FILE } from '../../core/keptBack.ts';
import { INSTRUCTION_FILES } from './ownInstructions.ts';

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
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if ([IGNORE_FILE, ...INSTRUCTION_FILES].some((path) => uri.path.endsWith(`/${path}`))) refresh();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(settings),
    vscode.workspace.onDidGrantWorkspaceTrust(settings),
  ];
}
