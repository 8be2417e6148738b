import {
  exactCharge,
  multiplierHundredths,
  totalCharge,
  UNITS_PER_MILLITOKEN,
  type RateCard,
  type Usage,
} from './rateCard.ts';
import type { Millitokens } from './tokens.ts';

/** What a call may use at most, in model tokens, and what it is priced by. */
export interface HoldBounds {
  readonly inputTokens: number;
  readonly multiplier: number;
  readonly firstCall: boolean;
  readonly card: RateCard;
}

/**
 * Below this many model tokens of output a call is refused rather than cut: less is not worth a message part
 * (design, section 3).
 */
export const MIN_OUTPUT = 256;
/**
 * More than any provider counts for one image today (a tall page at the highest detail); an image's bytes say nothing
 * about it.
 */
export const IMAGE_TOKENS = 6_144;
/**
 * Providers add words of their own around a request, above all to explain tools; the longest known preamble is under
 * 600.
 */
export const PROVIDER_PREAMBLE_TOKENS = 1_024;

/**
 * The dearest possible outcome: no usage with up to `inputTokens` of input, however split into prompt, context and
 * cached, and up to `outputLimit` of output is charged more. RangeError as `charge`.
 */
export function holdFor(bounds: HoldBounds & { readonly outputLimit: number }): Millitokens {
  return totalCharge(dearestUsage(bounds, bounds.outputLimit), bounds.multiplier, bounds.card);
}

/**
 * The largest output limit, in model tokens, whose hold fits into `available`; 0 if not even an empty answer fits, and
 * the largest safe integer at most, as on a card where output is free. The exact inverse of `holdFor`.
 */
export function affordableOutput(bounds: HoldBounds & { readonly available: Millitokens }): number {
  const { available, multiplier, card } = bounds;
  const left = BigInt(available) * UNITS_PER_MILLITOKEN - exactCharge(dearestUsage(bounds, 0), multiplier, card);
  if (left < 0n) return 0;
  const perToken = BigInt(card.responsePer1000) * multiplierHundredths(multiplier);
  return perToken === 0n ? Number.MAX_SAFE_INTEGER : Math.min(Number(left / perToken), Number.MAX_SAFE_INTEGER);
}

/**
 * More model tokens than a request can have, from its size in bytes: every byte-level vocabulary has at most one model
 * token a byte, so no tokenizer runs on hostile text. `bodyBytes` is the body without its images' data; `images` is
 * how many there are.
 */
export function inputTokensBound(bodyBytes: number, images: number): number {
  return bodyBytes + images * IMAGE_TOKENS + PROVIDER_PREAMBLE_TOKENS;
}

/** Of all ways to split the input, the one that costs most on this card. */
function dearestUsage(bounds: HoldBounds, responseTokens: number): Usage {
  const { inputTokens, multiplier, firstCall, card } = bounds;
  const rest = Math.max(card.contextPer1000, card.cachedPer1000);
  const promptIsDearest = firstCall && card.promptPer1000 > rest * multiplier;
  const promptTokens = promptIsDearest ? Math.min(inputTokens, card.promptCap) : 0;
  const restTokens = inputTokens - promptTokens;
  const cachedIsDearest = card.cachedPer1000 > card.contextPer1000;
  return {
    promptTokens,
    contextTokens: cachedIsDearest ? 0 : restTokens,
    cachedTokens: cachedIsDearest ? restTokens : 0,
    responseTokens,
    firstCall,
  };
}
