import assert from 'node:assert/strict';
import * as z from 'zod/mini';

/** As much of a browser as a sign-in needs: keeps the backend's cookies, and follows where it is sent. */
export class CompanyBrowser {
  readonly #url: string;
  readonly #cookies = new Map<string, string>();
  /** The session's cookie as it was set, with its attributes. */
  sessionCookie = '';

  constructor(url: string) {
    this.#url = url;
  }

  /** Goes to the company, or to GitHub, and back to a path of the portal; where it leads instead is an error. */
  async signIn(callbackURL: string, provider: 'oidc' | 'github' = 'oidc'): Promise<void> {
    const begun = await this.post('/api/auth/sign-in/social', { provider, callbackURL });
    assert.equal(begun.status, 200, await begun.clone().text());
    let { url } = z.object({ url: z.string() }).parse(await begun.json());
    while (url !== this.#url + callbackURL) {
      const answer = await this.#fetch(url, { redirect: 'manual' });
      const location = answer.headers.get('location');
      assert.ok(location !== null, `${url} answered ${answer.status}: ${await answer.clone().text()}`);
      url = new URL(location, url).href;
    }
  }

  get(route: string): Promise<Response> {
    return this.#fetch(this.#url + route, {});
  }

  /** As the portal's own script asks. */
  post(route: string, body: object): Promise<Response> {
    return this.#fetch(this.#url + route, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', origin: this.#url, 'tokenfare-portal': '1' },
    });
  }

  /** Looks at a device's code, which claims it, and decides. */
  async decideDevice(userCode: string, decision: 'approve' | 'deny'): Promise<Response> {
    await this.get(`/api/auth/device?user_code=${userCode}`);
    return this.post(`/api/auth/device/${decision}`, { userCode });
  }

  /** The session itself, as programs send it. */
  get session(): string {
    return this.#cookies.get('tokenfare-session') ?? '';
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    const isOurs = url.startsWith(this.#url);
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = new Headers(init.headers);
    if (isOurs) headers.set('cookie', cookie);
    const answer = await fetch(url, { ...init, headers });
    for (const each of isOurs ? answer.headers.getSetCookie() : []) this.#keep(each);
    return answer;
  }

  #keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === '' || /Max-Age=0\b/i.test(cookie)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
    if (name === 'tokenfare-session') this.sessionCookie = cookie;
  }
}
