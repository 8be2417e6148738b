import * as vscode from 'vscode';
import type { AllowedCommands } from './allowedCommands.ts';

/** Shows the commands that run without a question here; what is no longer ticked is asked for again. */
export async function editAllowedCommands(commands: AllowedCommands): Promise<void> {
  const { list } = commands;
  if (list.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No command is always allowed in this workspace. Each is shown and asked for first.'),
    );
    return;
  }
  const items = list.map((label) => ({ label, picked: true }));
  const kept = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: vscode.l10n.t('Commands that the model may run here without asking'),
    placeHolder: vscode.l10n.t('Untick what it shall ask for again'),
  });
  if (kept) await commands.keepOnly(kept.map(({ label }) => label));
}
