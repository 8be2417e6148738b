import type { FreeEditOffer } from '../../src/protocol/chat.ts';
import type { Delay } from './delay.ts';

/**
 * Asks, once typing stops, whether the draft can be done for free. An answer for a text that has changed since is
 * dropped.
 */
export class FreeEditSearch {
  readonly #delay: Delay;
  readonly #plan: (text: string) => Promise<FreeEditOffer>;
  #found: (offer: FoundOffer | null) => void = () => undefined;
  #text = '';

  constructor(delay: Delay, plan: (text: string) => Promise<FreeEditOffer>) {
    this.#delay = delay;
    this.#plan = plan;
  }

  listen(found: (offer: FoundOffer | null) => void): void {
    this.#found = found;
  }

  /** Called at every key: an offer for another text vanishes at once. */
  update(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    this.#found(null);
    this.#delay.cancel();
    if (text.trim() === '' || text.length > LONGEST_ASKED) return;
    this.#delay.start(QUIET_MILLISECONDS, () => {
      void this.#ask(text);
    });
  }

  async #ask(text: string): Promise<void> {
    // A failed search is no offer: the message can be sent all the same, and the extension has logged why.
    const offer = await this.#plan(text).catch((): FreeEditOffer => ({ kind: 'none' }));
    if (text === this.#text && offer.kind !== 'none') this.#found(offer);
  }
}

export type FoundOffer = Exclude<FreeEditOffer, { kind: 'none' }>;

/** Typing has stopped, by screens' own rule for advice. */
const QUIET_MILLISECONDS = 600;
/** A sentence that changes a style is short; a pasted file is none. In UTF-16 code units. */
const LONGEST_ASKED = 2_000;
