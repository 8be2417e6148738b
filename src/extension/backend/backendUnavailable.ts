/** A firm "no" that trying again by itself would not change. The message is one sentence for people. */
export class BackendUnavailable extends Error {
  readonly signedOut: boolean;
  /** The host that did not take the key; null if there was none to take. */
  readonly refusedBy: string | null;

  constructor(message: string, options: { signedOut: boolean; refusedBy?: string }) {
    super(message);
    this.name = 'BackendUnavailable';
    this.signedOut = options.signedOut;
    this.refusedBy = options.refusedBy ?? null;
  }
}
