import * as vscode from 'vscode';
import { pageHtml } from './pageHtml.ts';

/**
 * The document of one of our pages in a webview; `pages` is the folder that they are in, `pictures` are those whose
 * pictures the page may show.
 */
export function webviewHtml(
  webview: vscode.Webview,
  pages: vscode.Uri,
  { name, later = [], title, pictures = [], ...kind }: PageKind,
): string {
  const resource = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(pages, file)).toString();
  return pageHtml({
    nonce: crypto.randomUUID().replaceAll('-', ''),
    cspSource: webview.cspSource,
    script: resource(`${name}.js`),
    later: later.map((part) => resource(`${part}.js`)),
    styles: [resource('codicon.css'), resource(`${name}.css`)],
    language: vscode.env.language,
    title,
    pictures: pictures.map((folder) => webview.asWebviewUri(folder).toString()),
    ...kind,
  });
}

interface PageKind {
  readonly name: string;
  readonly title: string;
  readonly pictures?: readonly vscode.Uri[];
  readonly isModule: boolean;
  readonly writesStyles: boolean;
  /** Parts that the page's script loads, now or later; their styles are in its own stylesheet. */
  readonly later?: readonly string[];
}
