import type { Readable } from 'node:stream';

/**
 * Where answers come from: the embedded `builder` or an OpenAI-compatible service. `complete` takes and gives the
 * OpenAI chat completions wire format; `text` is the body as it is to be sent, so that nothing of what the client wrote
 * is written anew.
 */
export interface Upstream {
  readonly id: string;
  /** The name by which the service knows the output limit; without it, whichever the client used. */
  readonly outputLimitField?: OutputLimitField;
  models(): Promise<UpstreamModel[]>;
  /** Rejects with what is wrong where the service can't be had. Without it, it always can. */
  check?(signal: AbortSignal): Promise<void>;
  /** Takes a key that its user hands over, in the place of any before it. */
  useKey?(key: string): void;
  complete(body: Record<string, unknown>, signal: AbortSignal, text: string): Promise<UpstreamAnswer>;
}

/** The older name and the newer one. */
export const outputLimitFields = ['max_tokens', 'max_completion_tokens'] as const;
export type OutputLimitField = (typeof outputLimitFields)[number];

export interface UpstreamModel {
  id: string;
  name: string;
  multiplier: number;
  /** Both in model tokens. */
  contextWindow: number;
  maxOutputTokens: number;
}

export interface UpstreamAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Readable;
  /** `none`: a refusal of builder, which costs nothing. */
  charge: 'metered' | 'none';
}
