import type { Clock } from '../clock.ts';

/** A token bucket for each account, local to this process: a minute's worth may come at once, then one at a time. */
export class RateLimit {
  readonly #perMinute: number;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(perMinute: number, clock: Clock) {
    this.#perMinute = perMinute;
    this.#clock = clock;
  }

  /** Takes one. Answers 0, or the seconds after which there is one again. */
  take(accountId: string): number {
    const now = this.#clock();
    const bucket = this.#buckets.get(accountId) ?? { left: this.#perMinute, at: now };
    const refilled = (Math.max(0, now - bucket.at) * this.#perMinute) / MINUTE_MS;
    const left = Math.min(this.#perMinute, bucket.left + refilled);
    if (this.#buckets.size > MAX_BUCKETS) this.#buckets.clear();
    this.#buckets.set(accountId, { left: left < 1 ? left : left - 1, at: now });
    return left < 1 ? Math.ceil(((1 - left) * MINUTE_MS) / this.#perMinute / 1000) : 0;
  }
}

const MINUTE_MS = 60_000;
/** Beyond this many accounts in one process all start afresh, which gives each a minute's worth at most. */
const MAX_BUCKETS = 100_000;
