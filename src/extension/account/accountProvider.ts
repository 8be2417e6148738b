import * as vscode from 'vscode';
import type { BackendConnection } from '../backend/backendConnection.ts';
import type { ServerBackend } from '../backend/serverBackend.ts';

/** The server's account in VS Code's own Accounts menu: who is signed in, and signing out there. */
export class AccountProvider implements vscode.AuthenticationProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly onDidChangeSessions = this.#changed.event;
  readonly #parts: AccountProviderParts;
  readonly #following: vscode.Disposable;
  #shown: vscode.AuthenticationSession | null = null;

  constructor(parts: AccountProviderParts) {
    this.#parts = parts;
    this.#following = parts.connection.onDidChange(() => void this.#follow());
  }

  async getSessions(): Promise<vscode.AuthenticationSession[]> {
    const { connection, server } = this.#parts;
    const { account, state } = connection;
    if (account === null || state.kind === 'signedOut') return [];
    const { key } = await server.locate();
    const { id, email } = account.account;
    return [{ id, accessToken: key, account: { id, label: email }, scopes: [] }];
  }

  async createSession(): Promise<vscode.AuthenticationSession> {
    const { connection, signIn } = this.#parts;
    await signIn();
    await connection.endpoint();
    const [session] = await this.getSessions();
    if (session === undefined) throw new Error(vscode.l10n.t('Nobody signed in.'));
    return session;
  }

  async removeSession(): Promise<void> {
    await this.#parts.signOut();
  }

  dispose(): void {
    this.#following.dispose();
    this.#changed.dispose();
  }

  /** Tells VS Code when somebody else is signed in than before. */
  async #follow(): Promise<void> {
    const [session = null] = await this.getSessions().catch(() => []);
    const before = this.#shown;
    if (before?.id === session?.id) return;
    this.#shown = session;
    this.#changed.fire({
      added: session === null ? [] : [session],
      removed: before === null ? [] : [before],
      changed: [],
    });
  }
}

export interface AccountProviderParts {
  readonly connection: BackendConnection;
  readonly server: ServerBackend;
  readonly signIn: () => Promise<void>;
  readonly signOut: () => Promise<void>;
}
