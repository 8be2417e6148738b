import { charge, type RateCard } from './rateCard.ts';
import { millitokens, type Millitokens } from './tokens.ts';

/** Advice that was taken with a message, and what is needed to tell from its receipt what that saved. */
export type TakenSaving =
  /** `contextTokens`: what went along, in model tokens; each request by itself would have sent it again. */
  | { readonly kind: 'batch'; readonly requests: number; readonly contextTokens: number }
  /** What the history would have added, in model tokens. */
  | { readonly kind: 'start-fresh'; readonly historyTokens: number }
  /** What the fixes would have cost that were not asked for. */
  | { readonly kind: 'roll-back'; readonly insteadOf: Millitokens };

/** What taken advice saved by the rate card, now that the message has its receipt: never more than the facts prove. */
export function savedBy(taken: TakenSaving, receipt: SettledMessage, card: RateCard): Millitokens {
  const { charged, calls, multiplier } = receipt;
  const none = { promptTokens: 0, contextTokens: 0, cachedTokens: 0, responseTokens: 0 };
  switch (taken.kind) {
    case 'batch': {
      const { requests, contextTokens } = taken;
      const each = charge({ ...none, contextTokens, firstCall: true }, multiplier, card).total;
      return millitokens(each * (requests - 1));
    }
    case 'start-fresh': {
      const { historyTokens } = taken;
      // The first call would have sent it fresh, the later ones again.
      const cachedTokens = historyTokens * Math.max(0, calls - 1);
      return charge({ ...none, contextTokens: historyTokens, cachedTokens, firstCall: false }, multiplier, card).total;
    }
    case 'roll-back':
      return millitokens(Math.max(0, taken.insteadOf - charged));
  }
}

/** What a receipt says of a message. */
export interface SettledMessage {
  readonly charged: Millitokens;
  readonly calls: number;
  readonly multiplier: number;
}
