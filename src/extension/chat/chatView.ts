import { createBirpc } from 'birpc';
import * as vscode from 'vscode';
import { extensionCalls, pageCalls, type ExtensionCalls, type PageCalls } from '../../protocol/chat.ts';
import { checkedCalls } from '../../protocol/checkedCalls.ts';
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
    const { webview } = view;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    webview.options = { enableScripts: true, localResourceRoots: [this.#pages, ...(folder ? [folder] : [])] };
    const page = this.#connect(webview);
    const badge = this.#chat.room.then(({ session }) => doneBadge(view, session, vscode.l10n));
    // Without a room there is nothing to be told of; the page says why.
    badge.catch(() => undefined);
    view.onDidDispose(() => {
      this.#chat.detach(page);
      void badge.then((end) => end());
    });
    webview.html = webviewHtml(webview, this.#pages, {
      name: 'chat',
      title: vscode.l10n.t('Chat'),
      pictures: folder,
      isModule: true,
      writesStyles: false,
    });
  }

  /**
   * Arguments are parsed before the chat sees them; what cannot be parsed is answered as an error and goes no further.
   */
  #connect(webview: vscode.Webview): PageCalls {
    const calls = chatCalls(this.#chat.room, (room) => {
      this.#chat.attach(rpc, room);
    });
    const rpc: PageCalls = createBirpc<PageCalls, ExtensionCalls>(checkedCalls(extensionCalls, calls), {
      post: (message: unknown) => void webview.postMessage(message),
      on: (receive) => void webview.onDidReceiveMessage(receive),
      eventNames: Object.keys(pageCalls) as (keyof PageCalls)[],
      onFunctionError: (error, name) => {
        this.#chat.callFailed(name, error);
      },
    });
    return rpc;
  }
}
