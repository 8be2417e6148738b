import * as z from 'zod/mini';
import { ErrorBody, InsufficientDetails } from '../../protocol/errors.ts';

/**
 * Why a call to the model gave no whole answer. `code` is from the backend's error table, or one of ours without a
 * backend.
 */
export interface CallError {
  /** `no_connection`: nothing answered; `cut_off`: the line broke or the answer ended without its charge. */
  readonly code: string;
  readonly message: string;
  readonly retryAfterSeconds: number | null;
  /** The status that the provider behind the backend gave, where it gave one. */
  readonly upstreamStatus: number | null;
  readonly upstreamHost: string | null;
  /** What that provider said, in its own words. */
  readonly upstreamReason: string | null;
  readonly insufficient: InsufficientDetails | null;
}

/** What the AI SDK throws for an answer with an error status, as far as it matters here. */
const HttpFailure = z.object({
  statusCode: z.optional(z.number()),
  responseBody: z.optional(z.string()),
  responseHeaders: z.optional(z.record(z.string(), z.string())),
});

const UpstreamDetails = z.object({
  status: z.optional(z.number()),
  host: z.optional(z.string()),
  url: z.optional(z.string()),
  error: z.optional(z.unknown()),
});

/** Providers say what is wrong as a text, or as an object with one. */
const Saying = z.union([z.string(), z.object({ message: z.string() })]);
/** As much as anybody reads of it. */
const SAYING_CHARS = 300;

/** Reads whatever a failed call gave: an HTTP error, an error inside the stream, or a broken line. */
export function callErrorOf(thrown: unknown): CallError {
  const http = HttpFailure.safeParse(thrown);
  const status = http.success ? http.data.statusCode : undefined;
  // The SDK gives the status of a good answer too, where the line broke on the way.
  if (status === undefined || !http.success || status < 400) return lineError(thrown);
  const retryAfter = Number(http.data.responseHeaders?.['retry-after']);
  const body = ErrorBody.safeParse(parseJson(http.data.responseBody ?? ''));
  const retryAfterSeconds = Number.isFinite(retryAfter) && retryAfter > 0 ? Math.ceil(retryAfter) : null;
  if (!body.success) {
    return { ...plainError('unknown', `The backend answered ${String(status)}.`), retryAfterSeconds };
  }
  return { ...callErrorFromBody(body.data), retryAfterSeconds };
}

/** The error of an answer whose body has the table's shape, as a status or inside a stream. */
export function callErrorFromBody({ error }: ErrorBody): CallError {
  const upstream = UpstreamDetails.safeParse(error.details ?? {});
  const insufficient = InsufficientDetails.safeParse(error.details);
  return {
    ...plainError(error.code, error.message),
    upstreamStatus: upstream.success ? (upstream.data.status ?? null) : null,
    upstreamHost: upstream.success ? hostOf(upstream.data) : null,
    upstreamReason: upstream.success ? saidIn(upstream.data.error) : null,
    insufficient: insufficient.success ? insufficient.data : null,
  };
}

export function plainError(code: string, message: string): CallError {
  const upstream = { upstreamStatus: null, upstreamHost: null, upstreamReason: null };
  return { code, message, retryAfterSeconds: null, ...upstream, insufficient: null };
}

/** Node's fetch says "fetch failed" and keeps the system's code in the cause's cause. */
function lineError(thrown: unknown): CallError {
  for (let error: unknown = thrown; error instanceof Error; error = error.cause) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EHOSTUNREACH') {
      return plainError('no_connection', error.message);
    }
  }
  return plainError('cut_off', thrown instanceof Error ? thrown.message : String(thrown));
}

function hostOf(details: z.infer<typeof UpstreamDetails>): string | null {
  if (details.host !== undefined) return details.host;
  return details.url !== undefined && URL.canParse(details.url) ? new URL(details.url).host : null;
}

function saidIn(error: unknown): string | null {
  const said = Saying.safeParse(error);
  if (!said.success) return null;
  const text = (typeof said.data === 'string' ? said.data : said.data.message).trim();
  return text.length > SAYING_CHARS ? `${text.slice(0, SAYING_CHARS)}…` : text || null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
