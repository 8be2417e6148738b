import type { Readable } from 'node:stream';
import * as z from 'zod/mini';
import { HttpRefusal } from '../http/httpRefusal.ts';
import type { UpstreamAnswer } from '../models/upstream.ts';

/** The provider failed, at whatever point: nothing is charged. `error` is what it said, if it said anything. */
export class ProviderFailure extends Error {
  readonly providerStatus: number | null;
  readonly error: unknown;
  readonly retryAfter: string | null;

  constructor(message: string, told: { status?: number; error?: unknown; retryAfter?: string | null } = {}) {
    super(message);
    this.name = 'ProviderFailure';
    this.providerStatus = told.status ?? null;
    this.error = told.error ?? null;
    this.retryAfter = told.retryAfter ?? null;
  }

  /**
   * As the client is told: the provider's own status and error unharmed in the details, its Retry-After as a header.
   */
  toRefusal(): HttpRefusal {
    const { message, providerStatus: status, error, retryAfter } = this;
    return new HttpRefusal('upstream_failed', message, {
      details: { status, error },
      headers: retryAfter === null ? {} : { 'retry-after': retryAfter },
      retry: status === null || status < 400 || status >= 500 || status === 429 || status === 408,
    });
  }
}

/** Reads what a provider says that answers with an error status. */
export async function readFailure(answer: UpstreamAnswer): Promise<ProviderFailure> {
  const text = (await readWhole(answer.body, MAX_ERROR_BYTES)).toString('utf8');
  const retryAfter = answer.headers['retry-after'];
  return new ProviderFailure(`The model's provider answered ${answer.status}.`, {
    status: answer.status,
    error: errorIn(text),
    retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
  });
}

/** A body as a whole. ProviderFailure if it is larger than the limit. */
export function readWhole(body: Readable, limit: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let length = 0;
  body.on('data', (chunk: Buffer | string) => {
    const bytes = bytesOf(chunk);
    length += bytes.length;
    if (length > limit) reject(new ProviderFailure("The model's answer is too large."));
    else chunks.push(bytes);
  });
  body.on('end', () => {
    resolve(Buffer.concat(chunks));
  });
  body.on('error', reject);
  body.on('close', () => {
    if (!body.readableEnded) reject(new ProviderFailure("The model's answer broke off."));
  });
  return promise;
}

/** A body's chunk as bytes: a stream made of text gives text. */
export function bytesOf(chunk: Buffer | string): Buffer {
  return typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

/** An error is a few lines; a page of HTML from a proxy a few dozen. */
const MAX_ERROR_BYTES = 1024 * 1024;
const MAX_ERROR_TEXT = 4_000;

const WithError = z.looseObject({ error: z.unknown() });

function errorIn(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    const body = WithError.safeParse(parsed);
    return body.success && body.data.error !== undefined ? body.data.error : parsed;
  } catch {
    return text.slice(0, MAX_ERROR_TEXT);
  }
}
