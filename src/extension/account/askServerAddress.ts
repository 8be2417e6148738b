import * as vscode from 'vscode';
import { settings } from '../contributions.ts';
import { isHttpAddress } from './isHttpAddress.ts';

/**
 * Asks for the address of a server and keeps it as the setting; who follows the settings then offers the reload. The
 * settings page is no place to send anyone to: in a remote window it hides a machine's settings behind another tab.
 * False if the person gave none.
 */
export async function askServerAddress(): Promise<boolean> {
  const address = await vscode.window.showInputBox({
    title: vscode.l10n.t('Sign in to a server'),
    prompt: vscode.l10n.t('The address of your Tokenfare server. Your administrator knows it.'),
    placeHolder: 'https://tokens.example.com',
    ignoreFocusOut: true,
    validateInput: (value) => (isHttpAddress(value.trim()) ? undefined : vscode.l10n.t('An http address.')),
  });
  if (address === undefined) return false;
  await vscode.workspace
    .getConfiguration()
    .update(settings.serverUrl, address.trim().replace(/\/+$/, ''), vscode.ConfigurationTarget.Global);
  return true;
}
