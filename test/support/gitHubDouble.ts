import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A GitHub server of a company's on loopback, as far as signing in with it goes. */
export class GitHubDouble {
  readonly clientSecret = 'a secret of the app';
  person: GitHubPerson = { id: 7, login: 'ann', name: null, emails: [] };
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  #codes = 0;

  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    const body = await text(request);
    switch (`${request.method ?? ''} ${pathname}`) {
      case 'GET /login/oauth/authorize':
        return this.#authorize(searchParams, response);
      case 'POST /login/oauth/access_token':
        return this.#token(new URLSearchParams(body), request, response);
      case 'GET /api/v3/user':
        return this.#tell(request, response, { ...this.person, emails: undefined, email: null });
      case 'GET /api/v3/user/emails':
        return this.#tell(request, response, this.person.emails);
      default:
        response.writeHead(404).end();
    }
  }

  #authorize(asked: URLSearchParams, response: ServerResponse): void {
    const back = new URL(asked.get('redirect_uri') ?? '');
    const isWhole = asked.get('client_id') === 'tokenfare' && asked.get('scope') === 'read:user user:email';
    back.searchParams.set(
      isWhole ? 'code' : 'error',
      isWhole ? `code-${String((this.#codes += 1))}` : 'asked_for_more',
    );
    back.searchParams.set('state', asked.get('state') ?? '');
    response.writeHead(302, { location: back.href }).end();
  }

  /** Form-encoded for whoever doesn't ask for JSON; a wrong secret is an error with status 200. */
  #token(asked: URLSearchParams, request: IncomingMessage, response: ServerResponse): void {
    const isRight =
      asked.get('client_secret') === this.clientSecret && asked.get('code') === `code-${String(this.#codes)}`;
    const answer: Record<string, string> = isRight
      ? { access_token: 'gho_1', token_type: 'bearer', scope: 'read:user,user:email' }
      : { error: 'incorrect_client_credentials' };
    const wantsJson = request.headers.accept?.includes('application/json') === true;
    response.writeHead(200, { 'content-type': wantsJson ? 'application/json' : 'application/x-www-form-urlencoded' });
    response.end(wantsJson ? JSON.stringify(answer) : new URLSearchParams(answer).toString());
  }

  #tell(request: IncomingMessage, response: ServerResponse, body: unknown): void {
    const { authorization, 'user-agent': agent } = request.headers;
    if (agent === undefined) return void response.writeHead(403).end();
    if (authorization !== 'Bearer gho_1') return void response.writeHead(401).end('{}');
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
}

export interface GitHubPerson {
  readonly id: number;
  readonly login: string;
  readonly name: string | null;
  readonly emails: readonly { readonly email: string; readonly primary: boolean; readonly verified: boolean }[];
}
