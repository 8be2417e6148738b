import { ErrorBody } from '../../src/protocol/errors.ts';

/** The backend's "no" to the page: its code from the error table (`unknown` for an answer of another shape). */
export class AccountRefusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'AccountRefusal';
    this.code = code;
  }

  static from(status: number, body: unknown): AccountRefusal {
    const parsed = ErrorBody.safeParse(body);
    if (!parsed.success) return new AccountRefusal('unknown', `The backend answered ${status}.`);
    return new AccountRefusal(parsed.data.error.code, parsed.data.error.message);
  }
}
