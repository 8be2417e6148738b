import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import * as z from 'zod/mini';
import { headers as names } from '../../protocol/api.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';
import { HttpRefusal } from '../http/httpRefusal.ts';
import { isRecord } from './isRecord.ts';
import { JsonText } from './jsonText.ts';
import { promptTextOf, sizeOfImages } from './messageContent.ts';

/** A request for a chat completion, checked as far as its price depends on it; the rest is the model's business. */
export interface CompletionRequest {
  /** The body as the client wrote it, and what it says. */
  readonly text: JsonText;
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
  /** The answer is to go on when the connection is lost. */
  readonly resumes: boolean;
}

/** Reads a request. Throws an HttpRefusal that names the field or header that is wrong. */
export function readCompletionRequest(headers: IncomingHttpHeaders, bytes: Buffer): CompletionRequest {
  const written = decode(bytes);
  const body = parseBody(written);
  const text = readText(written);
  const checked = Body.safeParse(body, { error: localeError });
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
    text,
    body,
    bodyHash: hash('sha256', `${generationId ?? ''}\n${written}`),
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
    resumes: readResume(headers),
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

/** Every call carries one; it is made once because its making costs more than a check. */
const { localeError } = z.locales.en();
// Strictly: what is no UTF-8 would grow when decoded, and its size in bytes would bound nothing.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** Nobody's tools nest a tenth as deep, and whoever writes JSON again by recursion still stands. */
const DEEPEST = 500;

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw notJson();
  }
}

function parseBody(text: string): Readonly<Record<string, unknown>> {
  const body = parseJson(text);
  if (!isRecord(body)) throw new HttpRefusal('invalid_request', 'The body is not a JSON object.');
  return body;
}

/**
 * A name that stands twice is refused: whoever reads the first of the two would read another request than the one that
 * is paid for.
 */
function readText(written: string): JsonText {
  const text = new JsonText(written);
  const seen = new Set<string>();
  const twice = text.names.find((name) => seen.size === seen.add(name).size);
  if (twice !== undefined) {
    throw new HttpRefusal('invalid_request', `${twice.slice(0, SHOWN)} stands twice.`, {
      param: twice.slice(0, SHOWN),
    });
  }
  if (text.depth > DEEPEST) throw new HttpRefusal('invalid_request', `The body nests deeper than ${DEEPEST} levels.`);
  return text;
}

/** A name of the client's own making is told back no longer than this. */
const SHOWN = 100;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson();
  }
}

function notJson(): HttpRefusal {
  return new HttpRefusal('invalid_request', 'The body is not JSON in UTF-8.');
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

function readResume(headers: IncomingHttpHeaders): boolean {
  const value = headers[names.resume] ?? 'false';
  if (value === 'true' || value === 'false') return value === 'true';
  throw new HttpRefusal('invalid_request', `${names.resume} must be true or false.`, { param: names.resume });
}
