import { ErrorBody } from '../../protocol/errors.ts';

/**
 * The backend's "no" to a call: its HTTP status and its code from the error table (`unknown` for an answer of another
 * shape).
 */
export class BackendRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'BackendRefusal';
    this.status = status;
    this.code = code;
  }

  static from(status: number, body: unknown): BackendRefusal {
    const parsed = ErrorBody.safeParse(body);
    if (!parsed.success) return new BackendRefusal(status, 'unknown', `The backend answered ${String(status)}.`);
    return new BackendRefusal(status, parsed.data.error.code, parsed.data.error.message);
  }
}
