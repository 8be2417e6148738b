import type { Readable } from 'node:stream';

/**
 * Where answers come from: the embedded `builder` or an OpenAI-compatible service. `complete` takes and gives the
 * OpenAI chat completions wire format.
 */
export interface Upstream {
  readonly id: string;
  models(): Promise<UpstreamModel[]>;
  complete(body: Record<string, unknown>, signal: AbortSignal): Promise<UpstreamAnswer>;
}

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
