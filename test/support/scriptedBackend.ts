import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AccountBody, ChargeBody, GenerationBody, ModelsBody, ProjectsBody } from '../../src/protocol/api.ts';
import { defaultRateCard } from '../../src/core/rateCard.ts';
import { millitokens } from '../../src/core/tokens.ts';
import { accountBody } from './accountBody.ts';

/**
 * A backend on loopback that answers chat completions from a script, in the real wire format. For tests of the
 * extension alone.
 */
export class ScriptedBackend {
  readonly requests: RecordedRequest[] = [];
  /** Generations that were stopped by their route. */
  readonly stopped: string[] = [];
  /** Answers that are kept to be taken up again, by generation, and the key of the call that they belong to. */
  readonly kept = new Map<string, { readonly key: string; readonly answer: StreamedAnswer }>();
  /** What was asked about projects: `GET /v1/projects` and so on, with what was sent. */
  readonly askedOfProjects: { readonly route: string; readonly body: string }[] = [];
  projects: ProjectsBody | 'refused' = { projects: [], movesLeft: 3 };
  account = accountBody();
  readonly #server = createServer();
  readonly #followers: ServerResponse[] = [];
  #script: ScriptedAnswer[] = [];
  #charged = new Map<string, number>();

  async start(): Promise<void> {
    this.#server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const url = request.url ?? '';
        const text = Buffer.concat(chunks).toString('utf8');
        if (url.startsWith('/v1/projects')) return this.#project(`${request.method ?? ''} ${url}`, text, response);
        if (request.method === 'GET') return this.#read(url, response);
        if (url.endsWith('/stop')) {
          this.stopped.push(decodeURIComponent(url.split('/').at(-2) ?? ''));
          return void response.end('{}');
        }
        const body = JSON.parse(text) as RecordedRequest['body'];
        this.requests.push({ headers: request.headers, body });
        this.#answer(request.headers, response);
      });
    });
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** The answers to the next requests, in order. */
  script(...answers: ScriptedAnswer[]): void {
    this.#script = answers;
  }

  /** Tells those who follow the account that it stands otherwise. */
  tell(balance: Partial<AccountBody['balance']>): void {
    this.account = { ...this.account, balance: { ...this.account.balance, ...balance } };
    for (const follower of this.#followers) this.#tellAccount(follower);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(requestHeaders: IncomingHttpHeaders, response: ServerResponse): void {
    const answer = this.#script.shift();
    if (!answer) return void response.writeHead(500).end('{}');
    if (answer.kind === 'error') {
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      return void response.end(JSON.stringify({ error: { type: 'test', message: 'scripted', ...answer.error } }));
    }
    this.#stream(String(requestHeaders['tokenfare-generation'] ?? requestHeaders['idempotency-key']), answer, response);
  }

  #stream(generation: string, answer: StreamedAnswer, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = (data: unknown) => response.write(`data: ${JSON.stringify(data)}\n\n`);
    for (const delta of answer.deltas) send(chunk({ delta }));
    if (answer.end === 'hang') return;
    if (answer.end === 'break') return void response.write('\n', () => response.destroy());
    if (typeof answer.end === 'object') {
      send({ error: { type: 'test', message: 'scripted', ...answer.end } });
      return void response.end();
    }
    const charged = answer.charged ?? 0;
    this.#charged.set(generation, (this.#charged.get(generation) ?? 0) + charged);
    send(chunk({ delta: {}, finish_reason: answer.end }));
    send({ ...chunk(null), usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 } });
    send({ ...chunk(null), tokenfare: chargeOf(generation, charged, answer) });
    response.end('data: [DONE]\n\n');
  }

  #read(url: string, response: ServerResponse): void {
    if (url === '/v1/account/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      this.#followers.push(response);
      return this.#tellAccount(response);
    }
    if (url === '/v1/account') return void response.end(JSON.stringify(this.account));
    if (url === '/v1/models') return void response.end(JSON.stringify({ object: 'list', data: [model] }));
    if (url === '/v1/plans') return void response.end(JSON.stringify({ plans: [], rateCard: defaultRateCard }));
    if (url.startsWith('/v1/usage')) return void response.end('{"series":[]}');
    const [resumed] = /(?<=\/v1\/generations\/).+(?=\/stream)/.exec(url) ?? [];
    if (resumed !== undefined) return this.#resume(decodeURIComponent(resumed), response);
    const id = decodeURIComponent(url.split('/').at(-1) ?? '');
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(generationBody(id, this.#charged.get(id) ?? 0, this.kept.get(id)?.key)));
  }

  #tellAccount(follower: ServerResponse): void {
    follower.write(`event: account\ndata: ${JSON.stringify(this.account)}\n\n`);
  }

  #project(route: string, body: string, response: ServerResponse): void {
    this.askedOfProjects.push({ route, body });
    const isRefused = this.projects === 'refused' && route.startsWith('POST');
    response.writeHead(isRefused ? 403 : 200, { 'content-type': 'application/json' });
    const refusal = { error: { type: 'test', code: 'project_limit', message: 'Moved three times.' } };
    const none: ProjectsBody = { projects: [], movesLeft: 0 };
    response.end(JSON.stringify(isRefused ? refusal : this.projects === 'refused' ? none : this.projects));
  }

  #resume(generation: string, response: ServerResponse): void {
    const kept = this.kept.get(generation);
    if (kept) return this.#stream(generation, kept.answer, response);
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { type: 'test', code: 'not_found', message: 'scripted' } }));
  }
}

const model: ModelsBody['data'][number] = {
  id: 'scripted',
  object: 'model',
  created: 1,
  owned_by: 'test',
  tokenfare: { name: 'Scripted', multiplier: 1, contextWindow: 65_536, maxOutputTokens: 8_192 },
};

export interface RecordedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    model: string;
    messages: { role: string; content: unknown; tool_calls?: unknown }[];
    tools?: unknown[];
  };
}

export interface StreamedAnswer {
  readonly kind: 'stream';
  readonly deltas: readonly object[];
  readonly end: 'stop' | 'tool_calls' | 'length' | 'hang' | 'break' | { code: string; details?: object };
  readonly charged?: number;
  readonly capped?: boolean;
  readonly available?: number;
}

export type ScriptedAnswer =
  | StreamedAnswer
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly error: { code: string; message?: string; details?: object };
      readonly headers?: Record<string, string>;
    };

/** A delta with one whole tool call. `args` as an object is written as JSON, as a string it is sent as it is. */
export function toolCallDelta(id: string, name: string, args: object | string, index = 0): object {
  const text = typeof args === 'string' ? args : JSON.stringify(args);
  return { tool_calls: [{ index, id, type: 'function', function: { name, arguments: text } }] };
}

export function generationBody(id: string, charged: number, lastCall?: string): GenerationBody {
  const none = millitokens(0);
  const counts = { promptTokens: 0, contextTokens: 0, cachedTokens: 0, responseTokens: 0 };
  const call = { ...counts, state: 'settled' as const, charged: none, hold: none, counted: false, recovered: false };
  return {
    id,
    state: 'settled',
    createdAt: '2026-11-01T00:00:00.000Z',
    model: 'scripted',
    project: null,
    session: null,
    charged: millitokens(charged),
    parts: { message: none, prompt: none, context: none, response: millitokens(charged) },
    calls: lastCall === undefined ? [] : [{ ...call, id: lastCall }],
  };
}

function chunk(choice: object | null): object {
  const choices = choice ? [{ index: 0, finish_reason: null, ...choice }] : [];
  return { id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'scripted', choices };
}

function chargeOf(generation: string, charged: number, answer: { capped?: boolean; available?: number }): ChargeBody {
  const none = millitokens(0);
  return {
    generation,
    charged: millitokens(charged),
    parts: { message: none, prompt: none, context: none, response: millitokens(charged) },
    balance: { available: millitokens(answer.available ?? 300_000), held: none },
    capped: answer.capped ?? false,
  };
}
