import type { Answer } from './planAnswer.ts';

/** The OpenAI chat completions wire format of one answer. */
export interface WireAnswer {
  readonly id: string;
  readonly model: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly text: string;
  readonly refusal: string | null;
  /** Tokenfare's own mark beside OpenAI's `refusal`: it asks back or names what is there. */
  readonly asks: boolean;
  readonly calls: readonly WireCall[];
  readonly finish: 'stop' | 'tool_calls' | 'length';
  readonly usage: WireUsage;
}

export interface WireCall {
  readonly id: string;
  readonly name: string;
  readonly json: string;
}

export interface WireUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

/** A few words: small enough that text seems to be written, large enough that a page takes seconds and not minutes. */
const WORDS_PER_PIECE = 5;

/** The one JSON body of an answer that isn't streamed. */
export function completionBody(answer: WireAnswer): Record<string, unknown> {
  const message = {
    role: 'assistant',
    content: answer.text === '' ? null : answer.text,
    refusal: answer.refusal,
    ...markOf(answer),
    ...(answer.calls.length > 0 && {
      tool_calls: answer.calls.map((call) => ({ id: call.id, ...functionOf(call, call.json) })),
    }),
  };
  const choices = [{ index: 0, message, logprobs: null, finish_reason: answer.finish }];
  return { ...envelope(answer, 'chat.completion'), choices, usage: answer.usage };
}

/** The chunks of a streamed answer, in order, without the closing `[DONE]`. */
export function* completionChunks(answer: WireAnswer, includeUsage: boolean): Generator<Record<string, unknown>> {
  const chunk = (delta: Record<string, unknown>, finish: string | null = null) => ({
    ...envelope(answer, 'chat.completion.chunk'),
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    ...(includeUsage && { usage: null }),
  });
  yield chunk({ role: 'assistant', content: answer.refusal === null && answer.calls.length === 0 ? '' : null });
  for (const piece of pieces(answer.refusal ?? '')) yield chunk({ refusal: piece, ...markOf(answer) });
  for (const piece of pieces(answer.text)) yield chunk({ content: piece });
  for (const [index, call] of answer.calls.entries()) {
    yield chunk({ tool_calls: [{ index, id: call.id, ...functionOf(call, '') }] });
    for (const piece of pieces(call.json)) yield chunk({ tool_calls: [{ index, function: { arguments: piece } }] });
  }
  yield chunk({}, answer.finish);
  if (includeUsage) yield { ...envelope(answer, 'chat.completion.chunk'), choices: [], usage: answer.usage };
}

/** How an answer ends when nothing cuts it short. */
export function finishOf(answer: Answer): 'stop' | 'tool_calls' {
  return answer.kind !== 'refusal' && answer.calls.length > 0 ? 'tool_calls' : 'stop';
}

function markOf(answer: WireAnswer) {
  return answer.asks ? { refusal_kind: 'asks' } : {};
}

function functionOf(call: WireCall, json: string) {
  return { type: 'function', function: { name: call.name, arguments: json } };
}

function envelope(answer: WireAnswer, object: string) {
  return { id: answer.id, object, created: answer.created, model: answer.model };
}

function pieces(text: string): string[] {
  const words = text.match(/\S+\s*|\s+/g) ?? [];
  const count = Math.ceil(words.length / WORDS_PER_PIECE);
  return Array.from({ length: count }, (_, index) =>
    words.slice(index * WORDS_PER_PIECE, (index + 1) * WORDS_PER_PIECE).join(''),
  );
}
