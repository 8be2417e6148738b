import { approximateModelTokens } from '../../core/modelTokens.ts';
import { charge, type RateCard } from '../../core/rateCard.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';

/** New output is priced again after this many characters: about ten words, so that the shown spend runs smoothly. */
const PRICED_EVERY_CHARS = 48;

/**
 * What a generation has spent so far: exact for finished calls, approximated for the one that streams, never above the
 * limit.
 */
export class SpendMeter {
  readonly #price: { readonly card: RateCard; readonly multiplier: number; readonly stopsAt: Millitokens };
  #settled: number;
  #input = { promptTokens: 0, contextTokens: 0, cachedTokens: 0, firstCall: true };
  #outputTokens = 0;
  #unpriced = '';

  constructor(price: { card: RateCard; multiplier: number; stopsAt: Millitokens }, settled: Millitokens) {
    this.#price = price;
    this.#settled = settled;
  }

  /** A call starts; all counts are model tokens. */
  start(input: { promptTokens: number; contextTokens: number; cachedTokens: number; firstCall: boolean }): void {
    this.#input = input;
    this.#outputTokens = 0;
    this.#unpriced = '';
  }

  /** Takes what streamed in. Answers the spend so far, or null while too little came in since to show. */
  output(text: string): Millitokens | null {
    this.#unpriced += text;
    // The first word counts at once: from then on a stop costs the message and what went along.
    if (this.#unpriced.length < PRICED_EVERY_CHARS && this.#outputTokens > 0) return null;
    this.#outputTokens += approximateModelTokens(this.#unpriced);
    this.#unpriced = '';
    return this.spent;
  }

  /** A call ended and was charged exactly this; without a charge it cost nothing. */
  settle(charged: Millitokens): Millitokens {
    this.#settled += charged;
    return this.settled;
  }

  get settled(): Millitokens {
    return millitokens(Math.min(this.#settled, Number.MAX_SAFE_INTEGER));
  }

  get spent(): Millitokens {
    const { card, multiplier, stopsAt } = this.#price;
    const running = charge({ ...this.#input, responseTokens: this.#outputTokens }, multiplier, card).total;
    return millitokens(Math.max(this.#settled, Math.min(this.#settled + running, stopsAt)));
  }
}
