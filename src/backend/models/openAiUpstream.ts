import { Pool } from 'undici';
import * as z from 'zod/mini';
import type { OutputLimitField, Upstream, UpstreamAnswer, UpstreamModel } from './upstream.ts';

/** A service that speaks OpenAI's chat completions. What it answers is passed on as it comes; nothing here reads it. */
export class OpenAiUpstream implements Upstream {
  readonly id: string;
  readonly outputLimitField?: OutputLimitField;
  readonly #options: OpenAiUpstreamOptions;
  readonly #pool: Pool;
  /** Up to and including `/v1`. */
  readonly #path: string;
  #headers: Readonly<Record<string, string>> = {};

  constructor(options: OpenAiUpstreamOptions) {
    this.id = options.id;
    this.#options = options;
    const url = new URL(options.baseUrl);
    this.#pool = new Pool(url.origin, {
      connect: { timeout: CONNECT_TIMEOUT_MS },
      headersTimeout: HEADERS_TIMEOUT_MS,
      bodyTimeout: options.betweenChunksMs ?? BETWEEN_CHUNKS_MS,
    });
    this.#path = url.pathname.replace(/\/+$/, '');
    if (options.apiKey !== null) this.useKey(options.apiKey);
    const field = options.outputLimitField ?? (url.origin === OPENAI ? 'max_completion_tokens' : null);
    if (field !== null) this.outputLimitField = field;
  }

  models(): Promise<UpstreamModel[]> {
    return this.#options.models();
  }

  useKey(key: string): void {
    this.#headers = { authorization: `Bearer ${key}` };
  }

  async complete(body: Record<string, unknown>, signal: AbortSignal, text: string): Promise<UpstreamAnswer> {
    const answer = await this.#pool.request({
      method: 'POST',
      path: `${this.#path}/chat/completions`,
      signal,
      headers: {
        'content-type': 'application/json',
        accept: body['stream'] === true ? 'text/event-stream' : 'application/json',
        'accept-encoding': 'identity',
        ...this.#headers,
      },
      body: text,
    });
    return { status: answer.statusCode, headers: answer.headers, body: answer.body, charge: 'metered' };
  }

  /** A service that has no list of models is there all the same; one that refuses the key is not. */
  async check(signal: AbortSignal): Promise<void> {
    const { status } = await this.listed(signal);
    if (status >= 500 || status === 401 || status === 403) throw new Error(`it answers ${status}`);
  }

  /** Asks the service which models it has, as an operator does who wants to know whether it works. */
  async listed(signal: AbortSignal): Promise<ServiceList> {
    const asked = { method: 'GET', path: `${this.#path}/models`, headers: this.#headers, signal } as const;
    const { statusCode, body } = await this.#pool.request(asked);
    const text = await body.text();
    return { status: statusCode, models: statusCode === 200 ? modelIds(text) : null, text };
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

/** OpenAI's own reasoning models refuse the older name of the output limit. */
const OPENAI = 'https://api.openai.com';
const CONNECT_TIMEOUT_MS = 10_000;
/** A reasoning model may think this long before its first byte; a plain answer comes whole. */
const HEADERS_TIMEOUT_MS = 10 * 60_000;
/** A model that writes pauses for seconds, to call a tool of its service's own. */
const BETWEEN_CHUNKS_MS = 2 * 60_000;

const List = z.object({ data: z.array(z.object({ id: z.string() })) });

/** Null for a list in another shape than OpenAI's. */
function modelIds(text: string): string[] | null {
  try {
    return List.parse(JSON.parse(text)).data.map(({ id }) => id);
  } catch {
    return null;
  }
}

/** What a service says when it is asked for its models; null if it has no such list. */
export interface ServiceList {
  readonly status: number;
  readonly models: readonly string[] | null;
  readonly text: string;
}

export interface OpenAiUpstreamOptions {
  readonly id: string;
  /** Up to and including `/v1`. */
  readonly baseUrl: string;
  readonly apiKey: string | null;
  readonly outputLimitField: OutputLimitField | null;
  readonly models: () => Promise<UpstreamModel[]>;
  /** Nothing for this long in the middle of an answer is a service that has stalled. */
  readonly betweenChunksMs?: number;
}
