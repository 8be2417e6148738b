import * as z from 'zod/mini';
import type { AccountHostCalls, AccountPageCalls } from '../../src/protocol/account.ts';
import { AccountBody } from '../../src/protocol/api.ts';
import { AccountRefusal } from './accountRefusal.ts';

/** The page's host on the web: asks the backend itself, with the session that the browser keeps in a cookie. */
export class PortalHost implements AccountHostCalls {
  readonly #page: AccountPageCalls;
  #events: EventSource | null = null;

  constructor(page: AccountPageCalls) {
    this.#page = page;
  }

  readonly ready: AccountHostCalls['ready'] = () => {
    this.#follow();
    return Promise.resolve({ savings: null, canSignOut: true, address: `${location.origin}/v1` });
  };

  readonly backend: AccountHostCalls['backend'] = async ({ method, path, body }) => {
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(path, { method, headers: OWN_HEADERS, ...json });
    return { status: response.status, body: await response.json() };
  };

  /** In a tab of its own: this page waits for what is done there. */
  readonly openLink: AccountHostCalls['openLink'] = (url) => {
    window.open(url, '_blank', 'noopener');
    return Promise.resolve();
  };

  /** A browser on the web reaches apps by their names. */
  readonly openApp: AccountHostCalls['openApp'] = ({ url }) => this.openLink(url);

  readonly saveFile: AccountHostCalls['saveFile'] = (name, text) => {
    const link = document.createElement('a');
    link.href = `data:text/csv;charset=utf-8,${encodeURIComponent(text)}`;
    link.download = name;
    link.click();
    return Promise.resolve(true);
  };

  readonly copy: AccountHostCalls['copy'] = (text) => navigator.clipboard.writeText(text);

  /** Ends the session on the server. */
  readonly signOut: AccountHostCalls['signOut'] = async () => {
    await fetch('/account/sign-out', { method: 'POST', headers: OWN_HEADERS });
    location.reload();
  };

  /** Begins a session for whoever has this key. Rejects with AccountRefusal. */
  async signIn(key: string): Promise<void> {
    const answer = await fetch('/account/sign-in', {
      method: 'POST',
      headers: OWN_HEADERS,
      body: JSON.stringify({ key }),
    });
    if (!answer.ok) throw AccountRefusal.from(answer.status, await answer.json());
  }

  /** Goes to the sign-in of a company or of GitHub, which comes back to this very page. */
  async signInWith(provider: 'oidc' | 'github'): Promise<void> {
    const body = JSON.stringify({ provider, callbackURL: location.pathname + location.search });
    const answer = await fetch('/api/auth/sign-in/social', { method: 'POST', headers: OWN_HEADERS, body });
    if (!answer.ok) throw AccountRefusal.from(answer.status, await answer.json());
    location.assign(Redirect.parse(await answer.json()).url);
  }

  /** Lets a device in, or not, by its code; false if the code is not good any more. */
  async decideDevice(userCode: string, decision: 'approve' | 'deny'): Promise<boolean> {
    const claimed = await fetch(`/api/auth/device?${new URLSearchParams({ user_code: userCode }).toString()}`);
    if (!claimed.ok) return false;
    const body = JSON.stringify({ userCode });
    const decided = await fetch(`/api/auth/device/${decision}`, { method: 'POST', headers: OWN_HEADERS, body });
    return decided.ok;
  }

  /** The browser connects anew by itself after a lost line. */
  #follow(): void {
    this.#events?.close();
    this.#events = new EventSource('/v1/account/events');
    this.#events.addEventListener('account', ({ data }: MessageEvent<string>) => {
      this.#page.account(AccountBody.parse(JSON.parse(data)));
    });
  }
}

const Redirect = z.object({ url: z.url({ protocol: /^https?$/ }) });

/** Only our own script can send the second: the backend's proof that no other site wrote the request. */
const OWN_HEADERS = { 'content-type': 'application/json', 'tokenfare-portal': '1' };
