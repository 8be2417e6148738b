import type { Clock } from '../clock.ts';

/** What is going on in this process, so that it knows when it is idle and when it has drained. */
export class Activity {
  readonly #clock: Clock;
  #requests = 0;
  #lastEnd: number;
  readonly #waiting = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#lastEnd = clock();
  }

  /** Open requests, event streams among them. */
  get requests(): number {
    return this.#requests;
  }

  begin(): void {
    this.#requests += 1;
  }

  end(): void {
    this.#requests -= 1;
    this.#lastEnd = this.#clock();
    if (this.#requests > 0) return;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }

  /** For how long nobody has wanted anything, in milliseconds; 0 while somebody does. */
  get idleMs(): number {
    return this.#requests > 0 ? 0 : this.#clock() - this.#lastEnd;
  }

  /** Resolves when no request is open. */
  async whenQuiet(): Promise<void> {
    if (this.#requests > 0) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }
}
