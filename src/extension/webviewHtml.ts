import * as vscode from 'vscode';
import { pageHtml } from './pageHtml.ts';

/** The document of one of our pages in a webview; `pages` is the folder that they are in. */
export function webviewHtml(
  webview: vscode.Webview,
  pages: vscode.Uri,
  { name, title, ...kind }: { name: string; title: string; isModule: boolean; writesStyles: boolean },
): string {
  const resource = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(pages, file)).toString();
  return pageHtml({
    nonce: crypto.randomUUID().replaceAll('-', ''),
    cspSource: webview.cspSource,
    script: resource(`${name}.js`),
    styles: [resource('codicon.css'), resource(`${name}.css`)],
    language: vscode.env.language,
    title,
    ...kind,
  });
}
