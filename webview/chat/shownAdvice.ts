import type { MissingDetail } from '../../src/core/advice.ts';
import type { Millitokens } from '../../src/core/tokens.ts';
import type { AdviceKind } from '../../src/protocol/chat.ts';
import type { FreeEditOffer } from '../../src/protocol/freeEdit.ts';

/** One suggestion as the composer shows it, with what its sentence and its action need. Amounts are millitokens. */
export type ShownAdvice = { readonly kind: AdviceKind } & (
  | { readonly kind: 'edit-for-free'; readonly saves: Millitokens; readonly offer: FoundOffer }
  /** `requests`: how many fit into one message, this draft among them. */
  | { readonly kind: 'batch'; readonly saves: Millitokens; readonly requests: number }
  /** `retry`: what the prompt takes again; `fix`: what one message for a fix takes, of `messages` if that is known. */
  | {
      readonly kind: 'roll-back';
      readonly generation: string;
      readonly retry: Millitokens;
      readonly fix: Millitokens;
      readonly messages: number | null;
    }
  | { readonly kind: 'start-fresh'; readonly saves: Millitokens }
  | { readonly kind: 'add-detail'; readonly saves: Millitokens; readonly missing: readonly MissingDetail[] }
  | { readonly kind: 'low-balance'; readonly leaves: Millitokens }
);

export type FoundOffer = Exclude<FreeEditOffer, { kind: 'none' }>;
