/** The events of one answer, as far as they have come. */
export class KeptAnswer {
  /** In milliseconds since 1970; null while it goes on. */
  endedAt: number | null = null;
  /** It outgrew the room there is, and is kept no longer. */
  isLost = false;
  readonly #takeRoom: (bytes: number) => boolean;
  readonly #waiting = new Set<() => void>();
  #events: Buffer[] = [];
  #bytes = 0;

  /** `takeRoom` says whether there is room for so many bytes more. */
  constructor(takeRoom: (bytes: number) => boolean) {
    this.#takeRoom = takeRoom;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Adds what the client was sent: `data:` events, each with its blank line. */
  append(events: readonly Buffer[]): void {
    if (this.isLost) return;
    const more = events.reduce((sum, event) => sum + event.length, 0);
    const isTooLong = this.#bytes + more > MOST_BYTES || this.#events.length + events.length > MOST_EVENTS;
    if (isTooLong || !this.#takeRoom(more)) {
      this.lose();
      return;
    }
    this.#bytes += more;
    this.#events.push(...events);
    this.#tell();
  }

  /** Those of its events that have come after so many. */
  eventsFrom(count: number): readonly Buffer[] {
    return this.#events.slice(count);
  }

  end(now: number): void {
    this.endedAt = now;
    this.#tell();
  }

  lose(): void {
    this.isLost = true;
    this.#events = [];
    this.#bytes = 0;
    this.#tell();
  }

  /**
   * Its events after so many, those to come included, up to its end. Ends early when the reader has gone or the answer
   * is lost.
   */
  async *eventsAfter(count: number, reader: AbortSignal): AsyncGenerator<Buffer> {
    const wake = (): void => {
      this.#tell();
    };
    reader.addEventListener('abort', wake, { once: true });
    for (let next = count; !reader.aborted;) {
      const event = this.#events[next];
      if (event !== undefined) {
        next += 1;
        yield event;
      } else if (this.endedAt !== null || this.isLost) {
        break;
      } else {
        await new Promise<void>((resolve) => this.#waiting.add(resolve));
      }
    }
    reader.removeEventListener('abort', wake);
  }

  #tell(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

/** Several times the longest answer that models give today, written as chunks. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_EVENTS = 100_000;
