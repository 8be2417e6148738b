/** A firm "no" that trying again by itself would not change. The message is one sentence for people. */
export class BackendUnavailable extends Error {
  readonly signedOut: boolean;

  constructor(message: string, options: { signedOut: boolean }) {
    super(message);
    this.name = 'BackendUnavailable';
    this.signedOut = options.signedOut;
  }
}
