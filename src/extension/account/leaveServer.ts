import * as vscode from 'vscode';
import { settings } from '../contributions.ts';

/**
 * Goes back to the backend on this machine, at once: the way out of an address that turned out wrong. The setting is
 * emptied, not removed: in a remote window one of the person's own settings could show from behind it.
 */
export async function leaveServer(): Promise<void> {
  await vscode.workspace.getConfiguration().update(settings.serverUrl, '', vscode.ConfigurationTarget.Global);
  await vscode.commands.executeCommand('workbench.action.reloadWindow');
}
