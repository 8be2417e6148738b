import { Agent, request } from 'undici';
import type { OutputLimitField, Upstream, UpstreamAnswer, UpstreamModel } from './upstream.ts';

/** A service that speaks OpenAI's chat completions. What it answers is passed on as it comes; nothing here reads it. */
export class OpenAiUpstream implements Upstream {
  readonly id: string;
  readonly outputLimitField?: OutputLimitField;
  readonly #options: OpenAiUpstreamOptions;
  readonly #agent: Agent;
  readonly #url: string;

  constructor(options: OpenAiUpstreamOptions) {
    this.id = options.id;
    this.#options = options;
    this.#agent = new Agent({
      connect: { timeout: CONNECT_TIMEOUT_MS },
      headersTimeout: HEADERS_TIMEOUT_MS,
      bodyTimeout: BETWEEN_CHUNKS_TIMEOUT_MS,
    });
    this.#url = `${options.baseUrl.replace(/\/+$/, '')}/chat/completions`;
    const field = options.outputLimitField ?? (this.#url.startsWith(OPENAI) ? 'max_completion_tokens' : null);
    if (field !== null) this.outputLimitField = field;
  }

  models(): Promise<UpstreamModel[]> {
    return this.#options.models();
  }

  async complete(body: Record<string, unknown>, signal: AbortSignal, text: string): Promise<UpstreamAnswer> {
    const { apiKey } = this.#options;
    const answer = await request(this.#url, {
      method: 'POST',
      dispatcher: this.#agent,
      signal,
      headers: {
        'content-type': 'application/json',
        accept: body['stream'] === true ? 'text/event-stream' : 'application/json',
        'accept-encoding': 'identity',
        ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body: text,
    });
    return { status: answer.statusCode, headers: answer.headers, body: answer.body, charge: 'metered' };
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

/** OpenAI's own reasoning models refuse the older name of the output limit. */
const OPENAI = 'https://api.openai.com/';
const CONNECT_TIMEOUT_MS = 10_000;
/** A reasoning model may think this long before its first byte; a plain answer comes whole. */
const HEADERS_TIMEOUT_MS = 10 * 60_000;
/** Nothing for this long in the middle of an answer is a service that has stalled. */
const BETWEEN_CHUNKS_TIMEOUT_MS = 2 * 60_000;

export interface OpenAiUpstreamOptions {
  readonly id: string;
  /** Up to and including `/v1`. */
  readonly baseUrl: string;
  readonly apiKey: string | null;
  readonly outputLimitField: OutputLimitField | null;
  readonly models: () => Promise<UpstreamModel[]>;
}
