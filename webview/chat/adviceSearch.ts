import type { FreeEditOffer } from '../../src/protocol/freeEdit.ts';
import type { Delay } from './delay.ts';
import type { FoundOffer, ShownAdvice } from './shownAdvice.ts';

/**
 * Looks for advice once typing stops: asks whether the draft can be done for free, then judges the draft with the
 * answer. What is found for a text that has changed since is dropped.
 */
export class AdviceSearch {
  readonly #delay: Delay;
  readonly #plan: (text: string) => Promise<FreeEditOffer>;
  readonly #advise: (text: string, offer: FoundOffer | null) => Promise<readonly ShownAdvice[]>;
  #found: (advice: readonly ShownAdvice[]) => void = () => undefined;
  #text = '';
  #keptFor: string | null = null;

  constructor(
    delay: Delay,
    plan: (text: string) => Promise<FreeEditOffer>,
    advise: (text: string, offer: FoundOffer | null) => Promise<readonly ShownAdvice[]>,
  ) {
    this.#delay = delay;
    this.#plan = plan;
    this.#advise = advise;
  }

  listen(found: (advice: readonly ShownAdvice[]) => void): void {
    this.#found = found;
  }

  /** Called at every key: advice on another text vanishes at once, unless it was kept for how this one begins. */
  update(text: string, offersFree: boolean): void {
    if (text === this.#text) return;
    this.#text = text;
    if (this.#keptFor !== null && text.startsWith(this.#keptFor)) return;
    this.#keptFor = null;
    this.#found([]);
    this.#delay.cancel();
    if (text.trim() === '') return;
    this.#delay.start(QUIET_MILLISECONDS, () => {
      void this.#look(text, offersFree && text.length <= LONGEST_ASKED);
    });
  }

  /** Part of the advice was taken: the rest stays for as long as the draft begins as it does. */
  keep(beginning: string, advice: readonly ShownAdvice[]): void {
    this.#keptFor = beginning;
    this.#delay.cancel();
    this.#found(advice);
  }

  async #look(text: string, offersFree: boolean): Promise<void> {
    const none: FreeEditOffer = { kind: 'none' };
    // A failed search is no offer: the message can be sent all the same, and the extension has logged why.
    const offer = offersFree ? await this.#plan(text).catch(() => none) : none;
    if (text !== this.#text) return;
    const advice = await this.#advise(text, offer.kind === 'none' ? null : offer);
    if (text === this.#text) this.#found(advice);
  }
}

/** Typing has stopped, by screens' own rule for advice. */
const QUIET_MILLISECONDS = 600;
/** A sentence that changes a style is short; a pasted file is none. In UTF-16 code units. */
const LONGEST_ASKED = 2_000;
