import * as vscode from 'vscode';
import { commands } from '../contributions.ts';

/**
 * "Free Edit…" among the refactorings at the caret, only where a person asks for them: a light bulb on every line would
 * be noise.
 */
export const freeEditActions: vscode.CodeActionProvider = {
  provideCodeActions(_document, _range, { triggerKind }) {
    if (triggerKind !== vscode.CodeActionTriggerKind.Invoke) return [];
    const title = vscode.l10n.t('Free Edit…');
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.RefactorRewrite);
    action.command = { command: commands.freeEdit, title };
    return [action];
  },
};
