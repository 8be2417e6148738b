import * as z from 'zod/mini';

/**
 * What a code means on the wire: its HTTP status, the OpenAI error type, and whether a client may try again unchanged.
 */
interface ErrorRule {
  readonly status: number;
  readonly type: string;
  readonly retry: boolean;
}

/** Every error the backend answers with. The one table: statuses and types are looked up here and nowhere else. */
export const errorTable = {
  unauthenticated: { status: 401, type: 'authentication_error', retry: false },
  insufficient_tokens: { status: 402, type: 'insufficient_quota', retry: false },
  plan_required: { status: 403, type: 'permission_error', retry: false },
  project_limit: { status: 403, type: 'permission_error', retry: false },
  account_on_hold: { status: 403, type: 'permission_error', retry: false },
  not_found: { status: 404, type: 'invalid_request_error', retry: false },
  method_not_allowed: { status: 405, type: 'invalid_request_error', retry: false },
  generation_open: { status: 409, type: 'conflict_error', retry: false },
  generation_settled: { status: 409, type: 'conflict_error', retry: false },
  idempotency_conflict: { status: 409, type: 'conflict_error', retry: false },
  too_large: { status: 413, type: 'invalid_request_error', retry: false },
  invalid_request: { status: 422, type: 'invalid_request_error', retry: false },
  max_charge_too_low: { status: 422, type: 'invalid_request_error', retry: false },
  rate_limited: { status: 429, type: 'rate_limit_error', retry: true },
  upstream_failed: { status: 502, type: 'upstream_error', retry: true },
  unavailable: { status: 503, type: 'server_error', retry: true },
} as const satisfies Record<string, ErrorRule>;

export type ErrorCode = keyof typeof errorTable;

/**
 * The OpenAI error shape. `code` is kept open when reading, so that a newer backend's code is an error and not a parse
 * fault.
 */
export const ErrorBody = z.object({
  error: z.object({
    type: z.string(),
    code: z.string(),
    message: z.string(),
    param: z.optional(z.nullable(z.string())),
    details: z.optional(z.record(z.string(), z.unknown())),
  }),
});
export type ErrorBody = z.infer<typeof ErrorBody>;

/** What a 402 says: amounts in millitokens, output in model tokens. */
export const InsufficientDetails = z.object({
  available: z.int(),
  needed: z.int(),
  affordableOutput: z.int(),
  resetsAt: z.string(),
  upgradeTo: z.nullable(z.string()),
});
export type InsufficientDetails = z.infer<typeof InsufficientDetails>;

/** Builds the body of an error answer. `message` is one English sentence for people who read raw responses. */
export function errorBody(
  code: ErrorCode,
  message: string,
  extra: { param?: string; details?: Record<string, unknown> } = {},
): ErrorBody {
  return { error: { type: errorTable[code].type, code, message, ...extra } };
}
