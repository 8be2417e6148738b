import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import * as z from 'zod/mini';
import { headers as names } from '../../protocol/api.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';
import { HttpRefusal } from '../http/httpRefusal.ts';
import { promptTextOf, sizeOfImages } from './messageContent.ts';

/** A request for a chat completion, checked as far as its price depends on it; the rest is the model's business. */
export interface CompletionRequest {
  readonly body: Readonly<Record<string, unknown>>;
  readonly bodyHash: string;
  /** The body without its images' data, in bytes: bounds the input. */
  readonly textBytes: number;
  readonly images: number;
  readonly model: string;
  readonly stream: boolean;
  readonly showsUsage: boolean;
  readonly choices: number;
  /** Model tokens per choice; null if the client set no limit. */
  readonly outputLimit: number | null;
  /** The last message answers a tool call, so this is no new message. */
  readonly continues: boolean;
  /** The last user message's text. */
  readonly promptText: string;
  readonly callId: string | null;
  readonly generationId: string | null;
  readonly maxCharge: Millitokens | null;
  readonly project: string | null;
  readonly session: string | null;
}

/** Reads a request. Throws an HttpRefusal that names the field or header that is wrong. */
export function readCompletionRequest(headers: IncomingHttpHeaders, bytes: Buffer): CompletionRequest {
  const body = parseBody(bytes);
  const checked = Body.safeParse(body, { error: z.locales.en().localeError });
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const param = issue?.path.join('.') ?? '';
    throw new HttpRefusal('invalid_request', `${param || 'The body'}: ${issue?.message ?? 'is not valid'}.`, { param });
  }
  const { model, messages, stream, stream_options: options, n } = checked.data;
  const continues = messages.at(-1)?.role === 'tool';
  const generationId = headerId(headers, names.generation);
  if (generationId !== null && !continues) {
    throw new HttpRefusal(
      'invalid_request',
      'Only a request whose last message has the role tool continues a generation.',
      {
        param: names.generation,
      },
    );
  }
  const images = sizeOfImages(messages);
  return {
    body,
    bodyHash: createHash('sha256')
      .update(generationId ?? '')
      .update('\n')
      .update(bytes)
      .digest('hex'),
    textBytes: bytes.length - images.bytes,
    images: images.count,
    model,
    stream: stream === true,
    showsUsage: options?.include_usage === true,
    choices: n ?? 1,
    outputLimit: checked.data.max_completion_tokens ?? checked.data.max_tokens ?? null,
    continues,
    promptText: promptTextOf(messages),
    callId: headerId(headers, names.idempotencyKey),
    generationId,
    maxCharge: readMaxCharge(headers),
    project: headerId(headers, names.project),
    session: headerId(headers, names.session),
  };
}

const OutputLimit = z.optional(z.nullable(z.int().check(z.positive())));
/** Unknown fields are let through; these are the ones that we read. */
const Body = z.looseObject({
  model: z.string().check(z.minLength(1)),
  messages: z.array(z.looseObject({ role: z.string() })).check(z.minLength(1)),
  stream: z.optional(z.nullable(z.boolean())),
  stream_options: z.optional(z.nullable(z.looseObject({ include_usage: z.optional(z.nullable(z.boolean())) }))),
  max_tokens: OutputLimit,
  max_completion_tokens: OutputLimit,
  /** As many choices as any provider gives; the hold covers all of them. */
  n: z.optional(z.nullable(z.int().check(z.gte(1), z.lte(128)))),
});

/** Ids come from clients: long enough for any they make, short enough to store a million of. */
const ID = /^[\x21-\x7e]{1,200}$/;

function parseBody(bytes: Buffer): Record<string, unknown> {
  let parsed: unknown;
  try {
    // Strictly: what is no UTF-8 would grow when decoded, and its size in bytes would bound nothing.
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new HttpRefusal('invalid_request', 'The body is not JSON in UTF-8.');
  }
  const body = z.record(z.string(), z.unknown()).safeParse(parsed);
  if (!body.success) throw new HttpRefusal('invalid_request', 'The body is not a JSON object.');
  return body.data;
}

function headerId(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  if (value === undefined) return null;
  if (typeof value !== 'string' || !ID.test(value)) {
    throw new HttpRefusal('invalid_request', `${name} must be 1 to 200 visible ASCII characters.`, { param: name });
  }
  return value;
}

function readMaxCharge(headers: IncomingHttpHeaders): Millitokens | null {
  const value = headers[names.maxCharge];
  if (value === undefined) return null;
  const amount = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : NaN;
  if (Number.isNaN(amount)) {
    throw new HttpRefusal('invalid_request', `${names.maxCharge} must be a whole number of millitokens.`, {
      param: names.maxCharge,
    });
  }
  return millitokens(amount);
}
