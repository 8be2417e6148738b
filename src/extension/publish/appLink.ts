import * as vscode from 'vscode';
import type { PublicationBody } from '../../protocol/api.ts';

type Linked = Pick<PublicationBody, 'url' | 'portUrl'>;

/** Puts an app's link, as it works from where the person sits, into the clipboard. */
export async function copyLink(app: Linked): Promise<void> {
  await vscode.env.clipboard.writeText((await reachable(app)).toString(true));
}

/** Opens an app in the browser. */
export async function openApp(app: Linked): Promise<void> {
  await vscode.env.openExternal(await reachable(app));
}

/** Windows on another machine, and those in a browser, are forwarded localhost and a port, and no name below it. */
export async function reachable({ url, portUrl }: Linked): Promise<vscode.Uri> {
  const isElsewhere = vscode.env.remoteName !== undefined || vscode.env.uiKind === vscode.UIKind.Web;
  return vscode.env.asExternalUri(vscode.Uri.parse((isElsewhere ? portUrl : null) ?? url, true));
}
