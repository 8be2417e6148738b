import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { countModelTokens } from '../countModelTokens.ts';
import type { Upstream, UpstreamAnswer } from '../upstream.ts';
import { cutAnswer } from './cutAnswer.ts';
import { planAnswer, type Answer } from './planAnswer.ts';
import { ChatRequest, readConversation, textOf } from './readConversation.ts';
import { completionBody, completionChunks, finishOf, type WireAnswer } from './wire.ts';

/**
 * The embedded model: offline, deterministic, no AI. It reads the request with a small parser, writes the pages that it
 * knows how to write, and refuses everything else by a normal answer whose only content is OpenAI's `refusal`, free.
 */
export function createBuilder(options: BuilderOptions = {}) {
  return {
    id: ID,
    models: () => Promise.resolve([{ ...model }]),
    complete: (body: Record<string, unknown>, signal: AbortSignal) => complete(body, signal, options),
  } satisfies Upstream;
}

export interface BuilderOptions {
  /** Waits between two chunks, so that an answer arrives as from a model; rejects when the signal is aborted. */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds since 1970, for the `created` field alone. */
  readonly now?: () => number;
}

const ID = 'builder';
const model = {
  id: ID,
  name: 'Builder, no AI',
  multiplier: 1,
  contextWindow: 32_768,
  maxOutputTokens: 8_192,
};
/** About 600 model tokens a second: a page takes a few seconds, as from a fast model. */
const PAUSE_MILLISECONDS = 10;
/** What the format itself adds to each message, as OpenAI counts it. */
const TOKENS_PER_MESSAGE = 4;

async function complete(
  body: Record<string, unknown>,
  signal: AbortSignal,
  options: BuilderOptions,
): Promise<UpstreamAnswer> {
  signal.throwIfAborted();
  const request = ChatRequest.safeParse(body);
  const conversation = request.success ? readConversation(request.data) : null;
  if (!request.success || !conversation) {
    const field = request.success ? 'messages' : (request.error.issues[0]?.path.join('.') ?? 'messages');
    return invalid(field);
  }
  const answer = planAnswer(conversation);
  const wire = await wireAnswer(request.data, answer, body, options.now?.() ?? 0);
  signal.throwIfAborted();
  const charge = answer.kind === 'answer' ? 'metered' : 'none';
  if (request.data.stream !== true) return json(200, completionBody(wire), charge);
  const usage = request.data.stream_options?.include_usage === true;
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    body: Readable.from(events(completionChunks(wire, usage), signal, options)),
    charge,
  };
}

async function wireAnswer(
  request: ChatRequest,
  answer: Answer,
  body: Record<string, unknown>,
  now: number,
): Promise<WireAnswer> {
  const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const base = { id: `chatcmpl-${hash.slice(0, 24)}`, model: ID, created: Math.floor(now / 1000) };
  if (answer.kind === 'refusal')
    return {
      ...base,
      text: '',
      refusal: answer.text,
      asks: answer.asks,
      calls: [],
      finish: 'stop',
      usage: usageOf(0, 0),
    };
  const calls = answer.calls.map((call, index) => ({
    id: `call_${hash.slice(0, 16)}_${index}`,
    name: call.name,
    json: JSON.stringify(call.input),
  }));
  const limit = request.max_completion_tokens ?? request.max_tokens ?? model.maxOutputTokens;
  const said = answer.kind === 'answer' ? answer.text : '';
  const cut = await cutAnswer(said, calls, Math.min(limit, model.maxOutputTokens));
  const finish = cut.whole ? finishOf(answer) : 'length';
  return {
    ...base,
    text: cut.text,
    refusal: null,
    asks: false,
    calls: cut.calls,
    finish,
    usage: usageOf(await promptTokens(request), cut.tokens),
  };
}

function usageOf(prompt: number, completion: number) {
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

async function promptTokens(request: ChatRequest): Promise<number> {
  const texts = request.messages.flatMap((message) => [
    textOf(message),
    ...(message.tool_calls ?? []).map((call) => call.function.name + call.function.arguments),
  ]);
  const tools = (request.tools ?? []).length > 0 ? JSON.stringify(request.tools) : '';
  const counts = await Promise.all([...texts, tools].filter(Boolean).map(countModelTokens));
  return counts.reduce((sum, count) => sum + count, request.messages.length * TOKENS_PER_MESSAGE);
}

async function* events(
  chunks: Iterable<Record<string, unknown>>,
  signal: AbortSignal,
  options: BuilderOptions,
): AsyncGenerator<string> {
  for (const chunk of chunks) {
    signal.throwIfAborted();
    yield `data: ${JSON.stringify(chunk)}\n\n`;
    if (options.pause) await options.pause(PAUSE_MILLISECONDS, signal);
  }
  yield 'data: [DONE]\n\n';
}

function json(status: number, body: Record<string, unknown>, charge: UpstreamAnswer['charge']): UpstreamAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: Readable.from([JSON.stringify(body)]),
    charge,
  };
}

function invalid(field: string): UpstreamAnswer {
  const error = {
    type: 'invalid_request_error',
    code: 'invalid_request',
    message: `Builder can't read ${field}.`,
    param: field,
  };
  return json(400, { error }, 'none');
}
