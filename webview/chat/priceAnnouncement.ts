import type { Estimate } from '../../src/core/estimate.ts';
import type { Delay } from './delay.ts';

/**
 * Decides when a changed price is said to people who listen: a second after the last key, and only if the range, or
 * where the message stops, moved by over a fifth since it was last said. The first price of a draft is always said.
 */
export class PriceAnnouncement {
  readonly #delay: Delay;
  #say: (price: Estimate | null) => void = () => undefined;
  #said: Estimate | null = null;

  constructor(delay: Delay) {
    this.#delay = delay;
  }

  listen(say: (price: Estimate | null) => void): void {
    this.#say = say;
  }

  /** Called at every key. Nothing to price, nothing to say: an emptied draft falls silent at once. */
  update(price: Estimate | null): void {
    if (price === null) {
      this.#delay.cancel();
      if (this.#said !== null) this.#tell(null);
      return;
    }
    this.#delay.start(QUIET_MILLISECONDS, () => {
      if (this.#said === null || hasMoved(this.#said, price)) this.#tell(price);
    });
  }

  #tell(price: Estimate | null): void {
    this.#said = price;
    this.#say(price);
  }
}

/** Long enough not to talk into the typing. */
const QUIET_MILLISECONDS = 1000;
/** A smaller move would not change anyone's mind, and every announcement interrupts. */
const SMALLEST_MOVE = 0.2;

/** Whether an end of a range, or the stop, moved by over a fifth of what was said. */
export function hasMoved(said: Estimate, now: Estimate): boolean {
  return (['low', 'high', 'stopsAt'] as const).some((which) => ratio(said[which], now[which]) > SMALLEST_MOVE);
}

function ratio(before: number, after: number): number {
  return Math.abs(after - before) / Math.max(1, before);
}
