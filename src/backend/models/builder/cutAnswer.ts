import type { WireCall } from './wire.ts';

export interface CutAnswer {
  readonly text: string;
  readonly calls: readonly WireCall[];
  /** Model tokens that are left of the answer. */
  readonly tokens: number;
  readonly whole: boolean;
}

/** What a tool call costs beside its arguments: its name and the marks around it. */
const TOKENS_PER_CALL = 8;

/** Cuts an answer where `limit` model tokens are used up, in the middle of a tool call too, as a model would. */
export async function cutAnswer(text: string, calls: readonly WireCall[], limit: number): Promise<CutAnswer> {
  const { encode, decode } = await import('gpt-tokenizer/encoding/o200k_base');
  let left = limit;
  const take = (whole: string): string => {
    const tokens = encode(whole, { disallowedSpecial: new Set() });
    const taken = tokens.slice(0, Math.max(0, left));
    left -= tokens.length;
    return taken.length === tokens.length ? whole : decode(taken).replace(/\uFFFD+$/, '');
  };
  const said = take(text);
  const made: WireCall[] = [];
  for (const call of calls) {
    left -= TOKENS_PER_CALL;
    if (left <= 0) break;
    made.push({ ...call, json: take(call.json) });
  }
  return {
    text: said,
    calls: made,
    tokens: Math.min(limit, limit - left),
    whole: left >= 0 && made.length === calls.length,
  };
}
