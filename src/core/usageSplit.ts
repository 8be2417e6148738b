import type { Usage } from './rateCard.ts';

export interface ReportedUsage {
  /** Everything that was sent, as the provider counts it. */
  readonly promptTokens: number;
  /** How much of it the provider had cached. */
  readonly cachedTokens: number;
  /** Output, reasoning included. */
  readonly responseTokens: number;
}

/**
 * Splits what a provider reports into what the rate card prices; all counts are model tokens. The person's own text is
 * the smaller of its own count (`promptTextTokens`) and everything sent; the rest is context or cached. What a
 * continued call sends again from its previous call counts as cached, whatever the provider says, so that a loop can
 * be estimated.
 */
export function splitUsage(input: {
  promptTextTokens: number;
  reported: ReportedUsage;
  firstCall: boolean;
  previousPromptTokens: number;
}): Usage {
  const { reported, firstCall } = input;
  const promptTokens = firstCall ? Math.min(input.promptTextTokens, reported.promptTokens) : 0;
  const rest = reported.promptTokens - promptTokens;
  const sentAgain = firstCall ? 0 : input.previousPromptTokens;
  const cachedTokens = Math.min(rest, Math.max(sentAgain, reported.cachedTokens));
  return {
    promptTokens,
    contextTokens: rest - cachedTokens,
    cachedTokens,
    responseTokens: reported.responseTokens,
    firstCall,
  };
}
