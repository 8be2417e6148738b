import * as vscode from 'vscode';
import type { BackendConnection } from '../backend/backendConnection.ts';
import type { ServerBackend } from '../backend/serverBackend.ts';

/**
 * Asks for the key of the server's account and keeps it in the secret storage; the draft and the chat stay as they are.
 */
export async function signIn(server: ServerBackend, connection: BackendConnection): Promise<void> {
  const key = await vscode.window.showInputBox({
    title: vscode.l10n.t('Sign in to {0}', server.url),
    prompt: vscode.l10n.t('Paste the API key that your administrator or your account page gave you.'),
    password: true,
    ignoreFocusOut: true,
  });
  if (!key) return;
  await server.storeKey(key.trim());
  connection.restart();
}

/** Forgets the key on this machine. */
export async function signOut(server: ServerBackend, connection: BackendConnection): Promise<void> {
  await server.forgetKey();
  connection.restart();
}
