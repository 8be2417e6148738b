import { affordableOutput, holdFor, inputTokensBound, MIN_OUTPUT } from '../../core/hold.ts';
import type { RateCard } from '../../core/rateCard.ts';
import type { Millitokens } from '../../core/tokens.ts';
import type { UpstreamModel } from '../models/upstream.ts';
import type { CompletionRequest } from './readCompletionRequest.ts';

/** What a call may cost at least and at most, and how much output a hold pays for. */
export interface CallBounds {
  /** The smallest hold with which the call is worth making. */
  readonly least: Millitokens;
  readonly most: Millitokens;
  /** What all the output that was asked for may cost: a smaller hold lowers the output limit. */
  readonly full: Millitokens;
  /** Model tokens per choice that this hold covers, never above what was asked for. */
  outputLimit(hold: Millitokens): number;
  /** Model tokens per choice that this amount would pay for. */
  affordable(available: Millitokens): number;
}

/**
 * Bounds a call from its size in bytes, its output limit and the client's own maximum: with message and prompt, or
 * without where an earlier call has paid for them. A maximum below `least` makes `most` the smaller of the two.
 */
export function callBounds(
  request: CompletionRequest,
  model: UpstreamModel,
  { card, firstCall }: { card: RateCard; firstCall: boolean },
): CallBounds {
  const { choices, maxCharge } = request;
  const inputTokens = inputTokensBound(request.textBytes, request.images);
  const bounds = { inputTokens, multiplier: model.multiplier, firstCall, card };
  const wantedOutput = Math.min(request.outputLimit ?? model.maxOutputTokens, model.maxOutputTokens);
  const least = holdFor({ ...bounds, outputLimit: Math.min(wantedOutput, MIN_OUTPUT) * choices });
  const full = holdFor({ ...bounds, outputLimit: wantedOutput * choices });
  const affordable = (available: Millitokens): number =>
    Math.floor(affordableOutput({ ...bounds, available }) / choices);
  return {
    least,
    most: maxCharge !== null && maxCharge < full ? maxCharge : full,
    full,
    outputLimit: (hold) => Math.min(wantedOutput, affordable(hold)),
    affordable,
  };
}
