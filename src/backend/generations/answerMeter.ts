import type { ReportedUsage } from '../../core/usageSplit.ts';
import { approximateModelTokens } from '../../core/modelTokens.ts';
import { isRecord } from './isRecord.ts';

/**
 * Watches an answer go by: what it says it used, what of it has arrived, and whether it is whole. Reads by hand what
 * comes with every chunk: a schema's copy of each would cost more than passing it on.
 */
export class AnswerMeter {
  /** The usage that the provider reported last; null if it has not. It covers all that had arrived by then. */
  reported: ReportedUsage | null = null;
  readonly #begun = new Set<unknown>();
  readonly #finished = new Set<unknown>();
  /** Some services say so as the reason why a choice ended. */
  #hasFailed = false;
  #text = '';
  #beyond = 0;
  #reportedAt = { characters: 0, beyond: 0 };

  /** Characters of text that have arrived and are kept. */
  get length(): number {
    return this.#text.length;
  }

  /** Whether anything has arrived that a person could read or a program use. */
  get isEmpty(): boolean {
    return this.#text === '';
  }

  /** The text that no report covers, and the model tokens of what came beyond the kept text, roughly. */
  get unreported(): { text: string; tokensBeyond: number } {
    const { characters, beyond } = this.#reportedAt;
    return { text: this.#text.slice(characters), tokensBeyond: this.#beyond - beyond };
  }

  /**
   * Whether this is an answer's end: every choice that began has said why it ended. Where none ever says so, the
   * provider's own word that this is all (`saidDone`) counts, if there was anything.
   */
  isWhole({ saidDone }: { saidDone: boolean }): boolean {
    if (this.#hasFailed) return false;
    if (this.#finished.size > 0) return this.#finished.size === this.#begun.size;
    return saidDone && !this.isEmpty;
  }

  /** Takes in a chunk of a stream, or a whole answer. */
  observe(value: Readonly<Record<string, unknown>>): void {
    const choices: unknown[] = Array.isArray(value['choices']) ? value['choices'] : [];
    for (const choice of choices) if (isRecord(choice)) this.#observeChoice(choice);
    const usage = usageOf(value['usage']);
    if (usage === null) return;
    this.reported = usage;
    this.#reportedAt = { characters: this.#text.length, beyond: this.#beyond };
  }

  #observeChoice(choice: Readonly<Record<string, unknown>>): void {
    const { index = 0, delta, message, text, finish_reason: reason } = choice;
    this.#begun.add(index);
    if (typeof reason === 'string') this.#finished.add(index);
    if (reason === 'error') this.#hasFailed = true;
    this.#add(stringOf(text) + textOf(delta ?? message));
  }

  #add(text: string): void {
    if (text === '') return;
    if (this.#text.length < KEPT_CHARACTERS) this.#text += text;
    else this.#beyond += approximateModelTokens(text);
  }
}

/** Longer than any model answers today; it bounds what a stream keeps in memory to be counted if it is stopped. */
const KEPT_CHARACTERS = 500_000;

/** No call uses as many model tokens; a report beyond it is a fault, and prices must stay safe integers. */
const MOST_MODEL_TOKENS = 1_000_000_000;

/** A report in OpenAI's shape; null if it is none. */
function usageOf(value: unknown): ReportedUsage | null {
  if (!isRecord(value)) return null;
  const { prompt_tokens: promptTokens, completion_tokens: responseTokens, prompt_tokens_details: details } = value;
  if (!isCount(promptTokens) || !isCount(responseTokens)) return null;
  const cached = isRecord(details) ? details['cached_tokens'] : 0;
  return { promptTokens, responseTokens, cachedTokens: isCount(cached) ? Math.min(cached, promptTokens) : 0 };
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MOST_MODEL_TOKENS;
}

/** Everything in a delta or message that a model has written. */
function textOf(delta: unknown): string {
  if (!isRecord(delta)) return '';
  const { reasoning, reasoning_content: thought, content, refusal, tool_calls: calls } = delta;
  const called: unknown[] = Array.isArray(calls) ? calls : [];
  const written = stringOf(reasoning) + stringOf(thought) + stringOf(content) + stringOf(refusal);
  return called.reduce<string>((text, call) => text + functionText(call), written);
}

function functionText(call: unknown): string {
  const called = isRecord(call) ? call['function'] : null;
  return isRecord(called) ? stringOf(called['name']) + stringOf(called['arguments']) : '';
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
