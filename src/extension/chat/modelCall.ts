import type { ModelMessage, TextStreamPart, ToolSet } from 'ai';
import * as z from 'zod/mini';
import { ChargeBody } from '../../protocol/api.ts';
import { ErrorBody } from '../../protocol/errors.ts';
import type { Endpoint } from '../backend/endpoint.ts';
import { callErrorFromBody, callErrorOf, plainError, type CallError } from './callError.ts';
import type { ToolName } from './tools/toolDefinitions.ts';

/**
 * One request to the model, streamed. Never rejects: what went wrong is in the answer, together with all that arrived.
 * Tools are only declared here; whoever called decides what becomes of the calls, once the whole answer is known.
 */
export async function callModel(request: ModelRequest, events: ModelCallEvents): Promise<ModelAnswer> {
  const answer = unanswered(null);
  try {
    const { modelStream } = await import('./modelStream.ts');
    for await (const part of modelStream(request)) readPart(part, answer, events);
  } catch (error) {
    answer.error ??= callErrorOf(error);
  }
  if (request.signal.aborted) return { ...answer, finish: 'aborted', error: null };
  if (answer.finish === 'error' && answer.error === null) answer.error = plainError('cut_off', 'The answer broke off.');
  return answer;
}

export interface ModelRequest {
  readonly endpoint: Endpoint;
  readonly fetch: typeof fetch;
  readonly model: string;
  readonly instructions: string;
  readonly messages: ModelMessage[];
  readonly tools: readonly ToolName[];
  readonly headers: Record<string, string>;
  readonly signal: AbortSignal;
}

export interface ModelCallEvents {
  /** Text for the person. */
  text(text: string): void;
  /** Everything that is billed as output, text included. */
  output(text: string): void;
  toolStarted(id: string, tool: string): void;
  toolInput(id: string, fragment: string): void;
}

export interface ModelToolCall {
  readonly id: string;
  readonly tool: string;
  readonly input: unknown;
  /** The arguments were not JSON, or the tool does not exist. */
  readonly broken: boolean;
}

export interface ModelAnswer {
  finish: 'stop' | 'tool-calls' | 'length' | 'aborted' | 'error';
  text: string;
  toolCalls: ModelToolCall[];
  /** What the call was charged, as the backend said at its end. */
  charge: ChargeBody | null;
  /** Where the model used OpenAI's own field for it. */
  refusal: Refusal | null;
  error: CallError | null;
}

export interface Refusal {
  /** The model's own words. */
  readonly reason: string;
  /** It asks back or names what is there, as the embedded model says by `refusal_kind`: no other model is needed. */
  readonly asks: boolean;
}

const RawDelta = z.object({
  refusal: z.optional(z.nullable(z.string())),
  refusal_kind: z.optional(z.unknown()),
});

const RawChunk = z.object({
  tokenfare: z.optional(ChargeBody),
  choices: z.optional(z.array(z.object({ delta: z.optional(z.nullable(RawDelta)) }))),
});

/** An answer of which nothing has arrived. */
export function unanswered(error: CallError | null): ModelAnswer {
  return { finish: 'error', text: '', toolCalls: [], charge: null, refusal: null, error };
}

function readPart(part: TextStreamPart<ToolSet>, answer: ModelAnswer, events: ModelCallEvents): void {
  switch (part.type) {
    case 'raw':
      return readRaw(part.rawValue, answer);
    case 'text-delta':
      return readText(part.text, answer, events);
    case 'reasoning-delta':
      return events.output(part.text);
    case 'tool-input-start':
      return events.toolStarted(part.id, part.toolName);
    case 'tool-input-delta':
      events.output(part.delta);
      return events.toolInput(part.id, part.delta);
    case 'tool-call':
      answer.toolCalls.push(toolCallOf(part));
      return;
    case 'finish':
      answer.finish = finishOf(part.finishReason);
      return;
    case 'error':
      // A chunk that only carries the charge may lack what the SDK expects of a chunk; it was read before.
      if (answer.charge === null) answer.error ??= streamError(part.error);
      return;
    default:
      return;
  }
}

/** The SDK shows a refusal as text; the chunk before it says which one it is. */
function readText(text: string, answer: ModelAnswer, events: ModelCallEvents): void {
  events.output(text);
  if (answer.refusal !== null) return;
  answer.text += text;
  events.text(text);
}

function readRaw(value: unknown, answer: ModelAnswer): void {
  const error = ErrorBody.safeParse(value);
  if (error.success) {
    answer.error ??= callErrorFromBody(error.data);
    return;
  }
  const chunk = RawChunk.safeParse(value);
  if (!chunk.success) return;
  if (chunk.data.tokenfare) answer.charge = chunk.data.tokenfare;
  const delta = chunk.data.choices?.[0]?.delta;
  if (!delta?.refusal) return;
  answer.refusal = { reason: (answer.refusal?.reason ?? '') + delta.refusal, asks: delta.refusal_kind === 'asks' };
}

function streamError(error: unknown): CallError {
  const body = ErrorBody.safeParse({ error });
  return body.success ? callErrorFromBody(body.data) : callErrorOf(error);
}

function toolCallOf(part: Extract<TextStreamPart<ToolSet>, { type: 'tool-call' }>): ModelToolCall {
  return { id: part.toolCallId, tool: part.toolName, input: part.input, broken: part.invalid === true };
}

/**
 * A refusal ends as `content-filter`; every end that cuts an answer short counts as `length`: its tool calls are not
 * whole.
 */
function finishOf(reason: string): ModelAnswer['finish'] {
  switch (reason) {
    case 'stop':
    case 'content-filter':
      return 'stop';
    case 'tool-calls':
      return 'tool-calls';
    case 'error':
      return 'error';
    default:
      return 'length';
  }
}
