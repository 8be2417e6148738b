import * as vscode from 'vscode';
import { BackendUnavailable } from './backendUnavailable.ts';
import type { BackendLocator } from './backendConnection.ts';
import type { Endpoint } from './endpoint.ts';

/** A backend that a company runs: its address is a setting, its key is in the secret storage, one key per address. */
export class ServerBackend implements BackendLocator {
  readonly url: string;
  readonly #secrets: vscode.SecretStorage;
  /** As this window knows it. */
  #key: string | undefined;

  constructor(url: string, secrets: vscode.SecretStorage) {
    this.url = url.replace(/\/+$/, '');
    this.#secrets = secrets;
  }

  async locate(): Promise<Endpoint> {
    const key = await this.#secrets.get(secretName(this.url));
    this.#key = key;
    if (!key) throw new BackendUnavailable(vscode.l10n.t('Sign in to {0} to go on.', this.url), { signedOut: true });
    return { url: this.url, key };
  }

  /** Calls back when another window has signed in or out. */
  onDidChangeKey(changed: () => void): vscode.Disposable {
    return this.#secrets.onDidChange(async ({ key: name }) => {
      if (name === secretName(this.url) && (await this.#secrets.get(name)) !== this.#key) changed();
    });
  }

  storeKey(key: string): Thenable<void> {
    this.#key = key;
    return this.#secrets.store(secretName(this.url), key);
  }

  /** Ends a session on the server; for a key, or a server that can't be reached, there is nothing to end. */
  async endSession(): Promise<void> {
    const session = await this.#secrets.get(secretName(this.url));
    if (!session) return;
    const headers = { authorization: `Bearer ${session}`, 'content-type': 'application/json' };
    await fetch(`${this.url}/api/auth/sign-out`, { method: 'POST', headers, body: '{}' }).catch(() => undefined);
  }

  forgetKey(): Thenable<void> {
    this.#key = undefined;
    return this.#secrets.delete(secretName(this.url));
  }
}

function secretName(url: string): string {
  return `tokenfare.key:${url}`;
}
