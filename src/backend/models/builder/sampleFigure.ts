import type { Metric } from './pageSpec.ts';

/** What a figure is by its words, and where its sample values start. */
export const sampleFigure = { typeOf, seedOf };

function typeOf(label: string): Metric['type'] {
  if (/\b(revenue|sales|profit|cost|spend|income|mrr|arr|value|budget|expenses?|turnover)\b/i.test(label))
    return 'money';
  return /\b(rate|share|percent|percentage|margin|churn)\b|%/i.test(label) ? 'percent' : 'number';
}

/** A number that depends on nothing but the words, so that the same request shows the same figures. */
function seedOf(text: string): number {
  return Array.from(text.toLowerCase()).reduce(
    (sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973,
    7,
  );
}
