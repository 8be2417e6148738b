import { createBirpc } from 'birpc';
import * as vscode from 'vscode';
import { extensionCalls, pageCalls, type ExtensionCalls, type PageCalls } from '../../protocol/chat.ts';
import { checkedCalls } from '../../protocol/checkedCalls.ts';
import { sharedChunks } from '../node/sharedChunks.ts';
import { webviewHtml } from '../webviewHtml.ts';
import type { Chat } from './chat.ts';
import { chatCalls } from './chatCalls.ts';
import { doneBadge } from './doneBadge.ts';

/** The chat's view in the side bar. The page may go and come back at any time: all state is on this side. */
export class ChatView {
  readonly #chat: Chat;
  readonly #pages: vscode.Uri;

  constructor(chat: Chat, extensionUri: vscode.Uri) {
    this.#chat = chat;
    this.#pages = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  }

  show(view: vscode.WebviewView): void {
    view.webview.options = { enableScripts: true, localResourceRoots: [this.#pages, ...foldersWithPictures()] };
    let shown = this.#show(view);
    const following = this.#chat.onDidChangeRoom(() => {
      shown.dispose();
      view.badge = undefined;
      shown = this.#show(view);
    });
    view.onDidDispose(() => {
      following.dispose();
      shown.dispose();
    });
  }

  /** A page that begins anew with the chat's room: nothing of what another account's page had is in it. */
  #show(view: vscode.WebviewView): vscode.Disposable {
    const { webview } = view;
    const { page, line } = this.#connect(webview);
    const badge = this.#chat.room.then((room) => doneBadge(view, room, vscode.l10n));
    // Without a room there is nothing to be told of; the page says why.
    badge.catch(() => undefined);
    webview.html = webviewHtml(webview, this.#pages, {
      name: 'chat',
      title: vscode.l10n.t('Chat'),
      pictures: foldersWithPictures(),
      isModule: true,
      writesStyles: false,
      later: sharedChunks(this.#pages.fsPath, 'chat'),
    });
    return new vscode.Disposable(() => {
      line.dispose();
      this.#chat.detach(page);
      badge.then((end) => end()).catch(() => undefined);
    });
  }

  /**
   * Arguments are parsed before the chat sees them; what cannot be parsed is answered as an error and goes no further.
   */
  #connect(webview: vscode.Webview): { readonly page: PageCalls; readonly line: vscode.Disposable } {
    const calls = chatCalls(this.#chat.room, (room) => {
      this.#chat.attach(page, room);
    });
    let line = vscode.Disposable.from();
    const page: PageCalls = createBirpc<PageCalls, ExtensionCalls>(checkedCalls(extensionCalls, calls), {
      post: (message: unknown) => void webview.postMessage(message),
      on: (receive) => {
        line = vscode.Disposable.from(webview.onDidReceiveMessage(receive));
      },
      eventNames: Object.keys(pageCalls) as (keyof PageCalls)[],
      onFunctionError: (error, name) => {
        this.#chat.callFailed(name, error);
      },
    });
    return { page, line };
  }
}

/** The folders whose pictures may stand in answers. */
function foldersWithPictures(): vscode.Uri[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
}
