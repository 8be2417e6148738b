import * as vscode from 'vscode';

/** Opens an http link in the browser, by the address that reaches this machine from where the person sits. */
export async function openLink(url: string): Promise<void> {
  await vscode.env.openExternal(await vscode.env.asExternalUri(vscode.Uri.parse(url, true)));
}
