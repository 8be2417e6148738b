import * as z from 'zod/mini';
import type { ReportedUsage } from '../../core/usageSplit.ts';
import { approximateModelTokens } from '../../core/modelTokens.ts';

/** Watches an answer go by: what it says it used, what of it has arrived, and whether it is whole. */
export class AnswerMeter {
  /** The usage that the provider reported last; null if it has not. */
  reported: ReportedUsage | null = null;
  /** A choice has said why it ended. */
  finished = false;
  #text = '';
  #beyond = 0;

  /** The text that arrived so far, as far as it is kept. */
  get text(): string {
    return this.#text;
  }

  /** Model tokens of what arrived beyond the kept text, roughly. */
  get tokensBeyond(): number {
    return this.#beyond;
  }

  /** Whether anything has arrived that a person could read or a program use. */
  get isEmpty(): boolean {
    return this.#text === '';
  }

  /** Takes in a chunk of a stream, or a whole answer. */
  observe(value: Readonly<Record<string, unknown>>): void {
    const usage = Usage.safeParse(value['usage']);
    if (usage.success) {
      const {
        prompt_tokens: promptTokens,
        completion_tokens: responseTokens,
        prompt_tokens_details: details,
      } = usage.data;
      this.reported = {
        promptTokens,
        responseTokens,
        cachedTokens: Math.min(details?.cached_tokens ?? 0, promptTokens),
      };
    }
    const choices: unknown[] = Array.isArray(value['choices']) ? value['choices'] : [];
    for (const choice of choices) {
      const parsed = Choice.safeParse(choice);
      if (!parsed.success) continue;
      const { delta, message, text, finish_reason: reason } = parsed.data;
      if (typeof reason === 'string') this.finished = true;
      this.#add((text ?? '') + textOf(delta ?? message));
    }
  }

  #add(text: string): void {
    if (this.#text.length < KEPT_CHARACTERS) this.#text += text;
    else this.#beyond += approximateModelTokens(text);
  }
}

/** Longer than any model answers today; it bounds what a stream keeps in memory to be counted if it is stopped. */
const KEPT_CHARACTERS = 500_000;

/** No call uses as many model tokens; a report beyond it is a fault, and prices must stay safe integers. */
const MOST_MODEL_TOKENS = 1_000_000_000;

const Count = z.int().check(z.nonnegative(), z.lte(MOST_MODEL_TOKENS));
const Usage = z.looseObject({
  prompt_tokens: Count,
  completion_tokens: Count,
  prompt_tokens_details: z.optional(z.nullable(z.looseObject({ cached_tokens: z.optional(z.nullable(Count)) }))),
});
const Text = z.optional(z.nullable(z.string()));
const ToolCall = z.looseObject({ function: z.optional(z.nullable(z.looseObject({ name: Text, arguments: Text }))) });
const Delta = z.looseObject({
  content: Text,
  refusal: Text,
  reasoning: Text,
  reasoning_content: Text,
  tool_calls: z.optional(z.nullable(z.array(ToolCall))),
});
const Choice = z.looseObject({
  delta: z.optional(z.nullable(Delta)),
  message: z.optional(z.nullable(Delta)),
  text: Text,
  finish_reason: Text,
});

function textOf(delta: z.infer<typeof Delta> | null | undefined): string {
  if (delta === null || delta === undefined) return '';
  const calls = delta.tool_calls ?? [];
  const called = calls.map((call) => (call.function?.name ?? '') + (call.function?.arguments ?? '')).join('');
  return (
    [delta.reasoning, delta.reasoning_content, delta.content, delta.refusal].map((text) => text ?? '').join('') + called
  );
}
