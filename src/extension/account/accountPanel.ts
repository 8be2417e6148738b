import { createBirpc } from 'birpc';
import * as vscode from 'vscode';
import {
  accountHostCalls,
  accountPageCalls,
  type AccountHostCalls,
  type AccountPageCalls,
  type AccountSetting,
} from '../../protocol/account.ts';
import { checkedCalls } from '../../protocol/checkedCalls.ts';
import type { BackendClient } from '../backend/backendClient.ts';
import type { BackendConnection } from '../backend/backendConnection.ts';
import { commands, pages } from '../contributions.ts';
import type { Savings } from '../meter/savings.ts';
import { openApp } from '../publish/appLink.ts';
import { webviewHtml } from '../webviewHtml.ts';
import { openLink } from './openLink.ts';
import { saveTextFile } from './saveTextFile.ts';

export interface AccountPanelParts {
  readonly connection: BackendConnection;
  readonly client: BackendClient;
  readonly savings: Savings;
  readonly log: vscode.LogOutputChannel;
  /** Whether one signs in to this backend at all. */
  readonly canSignOut: boolean;
}

/** The account page in the editor area: one, brought to the front when it is asked for again. */
export class AccountPanel implements vscode.Disposable {
  readonly #parts: AccountPanelParts;
  readonly #files: vscode.Uri;
  readonly #icon: vscode.Uri;
  #panel: vscode.WebviewPanel | null = null;

  constructor(parts: AccountPanelParts, extensionUri: vscode.Uri) {
    this.#parts = parts;
    this.#files = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
    this.#icon = vscode.Uri.joinPath(extensionUri, 'media', 'tokenfare.svg');
  }

  show(): void {
    if (this.#panel !== null) {
      this.#panel.reveal();
      return;
    }
    const title = vscode.l10n.t('Account');
    this.restore(vscode.window.createWebviewPanel(pages.account, title, vscode.ViewColumn.Active));
  }

  /** Brings back a page that was open when the window was reloaded. */
  restore(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [this.#files] };
    panel.iconPath = this.#icon;
    const following = this.#follow(this.#connect(webview));
    panel.onDidDispose(() => {
      following.dispose();
      if (this.#panel === panel) this.#panel = null;
    });
    webview.html = webviewHtml(webview, this.#files, {
      name: 'account',
      title: vscode.l10n.t('Account'),
      isModule: false,
      writesStyles: false,
    });
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #connect(webview: vscode.Webview): AccountPageCalls {
    return createBirpc<AccountPageCalls, AccountHostCalls>(checkedCalls(accountHostCalls, this.#calls()), {
      post: (message: unknown) => void webview.postMessage(message),
      on: (receive) => void webview.onDidReceiveMessage(receive),
      eventNames: Object.keys(accountPageCalls) as (keyof AccountPageCalls)[],
      onFunctionError: (error, name) => {
        this.#parts.log.error(`${name}: ${error.stack ?? error.message}`);
      },
    });
  }

  #calls(): AccountHostCalls {
    const { client } = this.#parts;
    return {
      ready: () => this.#setting(),
      backend: (request) => client.send(request),
      openLink,
      openApp,
      saveFile: saveTextFile,
      copy: async (text) => {
        await vscode.env.clipboard.writeText(text);
      },
      signOut: async () => {
        await vscode.commands.executeCommand(commands.signOut);
      },
    };
  }

  async #setting(): Promise<AccountSetting> {
    const { connection, savings, canSignOut } = this.#parts;
    const { url } = await connection.endpoint();
    return { savings: savings.byKind, canSignOut, address: `${url}/v1` };
  }

  /** Tells the page whenever the account or the savings are others than before; without an account it closes. */
  #follow(page: AccountPageCalls): vscode.Disposable {
    const { connection, savings } = this.#parts;
    return vscode.Disposable.from(
      connection.onDidChange(() => {
        if (connection.state.kind === 'signedOut') this.#panel?.dispose();
        else if (connection.account !== null) page.account(connection.account);
      }),
      // A backend that has started anew is at another address.
      connection.onDidChange(() => void this.#tellSetting(page)),
      savings.onDidChange(() => void this.#tellSetting(page)),
    );
  }

  async #tellSetting(page: AccountPageCalls): Promise<void> {
    // Without a backend there is nothing new to tell.
    const setting = await this.#setting().catch(() => null);
    if (setting !== null) page.setting(setting);
  }
}
