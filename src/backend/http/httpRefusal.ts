import { errorBody, errorTable, type ErrorBody, type ErrorCode } from '../../protocol/errors.ts';

/**
 * A "no" on its way to the client: code, sentence, and what goes with it. Thrown by whatever serves a request, sent in
 * one place.
 */
export class HttpRefusal extends Error {
  readonly code: ErrorCode;
  readonly param: string | undefined;
  readonly details: Record<string, unknown> | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, extra: RefusalExtra = {}) {
    super(message, extra.cause === undefined ? {} : { cause: extra.cause });
    this.name = 'HttpRefusal';
    this.code = code;
    this.param = extra.param;
    this.details = extra.details;
    // Clients of OpenAI retry 409 by themselves unless they are told not to; nothing of ours changes by asking again.
    const retry = errorTable[code].retry && extra.retry !== false;
    this.headers = { ...(retry ? {} : { 'x-should-retry': 'false' }), ...extra.headers };
  }

  get status(): number {
    return errorTable[this.code].status;
  }

  get body(): ErrorBody {
    const { param, details } = this;
    return errorBody(this.code, this.message, {
      ...(param === undefined ? {} : { param }),
      ...(details === undefined ? {} : { details }),
    });
  }
}

export interface RefusalExtra {
  /** The field or header at fault. */
  readonly param?: string;
  readonly details?: Record<string, unknown>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The fault behind it, for the log. */
  readonly cause?: unknown;
  /** False where asking again unchanged can't help although the code's others can. */
  readonly retry?: boolean;
}
