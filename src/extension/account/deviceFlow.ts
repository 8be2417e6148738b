import * as z from 'zod/mini';

/**
 * Signing a device in by a code (RFC 8628): the server gives one, the person approves it in a browser, and whoever
 * waits gets a session.
 */
export class DeviceFlow {
  readonly #url: string;
  readonly #wait: Wait;

  /** `wait` resolves after so many milliseconds, and rejects when it is cancelled. */
  constructor(url: string, wait: Wait) {
    this.#url = url;
    this.#wait = wait;
  }

  /** Asks for a code; null if this server lets nobody in by codes. Rejects if it can't be reached. */
  async code(): Promise<DeviceCode | null> {
    const answer = await this.#post('code', { client_id: CLIENT });
    if (answer.status === 404) return null;
    const parsed = CodeAnswer.parse(await answer.json());
    return {
      userCode: parsed.user_code,
      link: parsed.verification_uri_complete,
      deviceCode: parsed.device_code,
      intervalSeconds: parsed.interval,
    };
  }

  /** Waits for the person's decision. Rejects when it is cancelled. */
  async decision({ deviceCode, intervalSeconds }: DeviceCode, signal: AbortSignal): Promise<DeviceDecision> {
    let pause = intervalSeconds * 1000;
    for (;;) {
      await this.#wait(pause, signal);
      const answer = await this.#poll(deviceCode).catch(() => null);
      // A server that is away for a moment has lost nothing: the code is good for half an hour.
      if (answer === null || answer.kind === 'waiting') continue;
      if (answer.kind !== 'tooOften') return answer;
      pause += SLOW_DOWN_MS;
    }
  }

  async #poll(deviceCode: string): Promise<DeviceDecision | StillOpen> {
    const answer = await this.#post('token', { grant_type: GRANT, device_code: deviceCode, client_id: CLIENT });
    const body: unknown = await answer.json();
    if (answer.ok) return { kind: 'approved', session: TokenAnswer.parse(body).access_token };
    const { error } = Refusal.parse(body);
    if (error === 'authorization_pending') return { kind: 'waiting' };
    if (error === 'slow_down') return { kind: 'tooOften' };
    return { kind: error === 'access_denied' ? 'denied' : 'expired' };
  }

  #post(what: 'code' | 'token', body: object): Promise<Response> {
    return fetch(`${this.#url}/api/auth/device/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
}

export interface DeviceCode {
  /** What the person compares. */
  readonly userCode: string;
  /** Where they approve it. */
  readonly link: string;
  readonly deviceCode: string;
  readonly intervalSeconds: number;
}

export type DeviceDecision =
  { readonly kind: 'approved'; readonly session: string } | { readonly kind: 'denied' | 'expired' };

/** Nobody has decided yet. */
type StillOpen = { readonly kind: 'waiting' } | { readonly kind: 'tooOften' };

type Wait = (milliseconds: number, signal: AbortSignal) => Promise<unknown>;

const CLIENT = 'tokenfare-vscode';
const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
/** What the standard adds to the interval each time that the server asks for it. */
const SLOW_DOWN_MS = 5_000;

const CodeAnswer = z.object({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri_complete: z.url({ protocol: /^https?$/ }),
  interval: z.int().check(z.positive()),
});
const TokenAnswer = z.object({ access_token: z.string() });
const Refusal = z.object({ error: z.string() });
