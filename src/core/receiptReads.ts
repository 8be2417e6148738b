/**
 * What a generation's tools read, in model tokens: what its last call sent beyond the first call's input and the
 * answers in between. The calls in their order.
 */
export function receiptReads(calls: readonly CountedCall[]): number {
  const [first] = calls;
  const last = calls.at(-1);
  if (!first || !last) return 0;
  const answered = calls.slice(0, -1).reduce((sum, { responseTokens }) => sum + responseTokens, 0);
  return Math.max(0, sentBy(last) - sentBy(first) - answered);
}

export interface CountedCall {
  readonly promptTokens: number;
  readonly contextTokens: number;
  readonly cachedTokens: number;
  readonly responseTokens: number;
}

function sentBy({ promptTokens, contextTokens, cachedTokens }: CountedCall): number {
  return promptTokens + contextTokens + cachedTokens;
}
