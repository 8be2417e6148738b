import { receiptReads } from '../../core/receiptReads.ts';
import type { GenerationBody } from '../../protocol/api.ts';
import type { Receipt } from '../../protocol/chat.ts';
import type { AssistantMessage } from './chatReducer.ts';

/** The receipt of a settled generation, beside what was estimated before it was sent. */
export function receiptOf(
  record: GenerationBody,
  known: {
    readonly multiplier: number;
    readonly balanceAfter: Receipt['balanceAfter'];
    readonly estimate: Receipt['estimate'];
    readonly outcome: Receipt['outcome'];
    readonly changes: AssistantMessage['changes'];
  },
): Receipt {
  const sum = (count: (call: GenerationBody['calls'][number]) => number) =>
    record.calls.reduce((total, call) => total + count(call), 0);
  return {
    generation: record.id,
    charged: record.charged,
    parts: record.parts,
    model: record.model,
    multiplier: known.multiplier,
    promptTokens: sum(({ promptTokens }) => promptTokens),
    contextTokens: sum(({ contextTokens }) => contextTokens),
    cachedTokens: sum(({ cachedTokens }) => cachedTokens),
    responseTokens: sum(({ responseTokens }) => responseTokens),
    counted: record.calls.some(({ counted }) => counted),
    calls: record.calls.length,
    ...(record.calls.some(({ recovered }) => recovered) ? {} : { readTokens: receiptReads(record.calls) }),
    balanceAfter: known.balanceAfter,
    estimate: known.estimate,
    outcome: known.outcome,
    lines: known.changes.reduce((total, { added }) => total + added, 0),
    files: known.changes.length,
  };
}
