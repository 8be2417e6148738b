/**
 * Reads something anew as often as it changes, one reading at a time: none that is older can end after a newer one, and
 * what changes while it is read is read once more, however often it changed.
 */
export class FreshReading {
  readonly #read: () => Promise<void>;
  #isStale = false;
  #reading: Promise<void> | undefined;

  constructor(read: () => Promise<void>) {
    this.#read = read;
  }

  /** Resolves when it was read as it is now. Rejects if it can't be read. */
  refresh(): Promise<void> {
    this.#isStale = true;
    this.#reading ??= this.#readAll();
    return this.#reading;
  }

  async #readAll(): Promise<void> {
    try {
      while (this.#isStale) {
        this.#isStale = false;
        await this.#read();
      }
    } finally {
      this.#reading = undefined;
    }
  }
}
