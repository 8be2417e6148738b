import type { MissingDetail } from '../../src/core/advice.ts';
import type { Millitokens } from '../../src/core/tokens.ts';
import type { AdviceKind, FreeEditOffer } from '../../src/protocol/chat.ts';

/** One suggestion as the composer shows it, with what its sentence and its action need. Amounts are millitokens. */
export type ShownAdvice = { readonly kind: AdviceKind } & (
  | { readonly kind: 'edit-for-free'; readonly saves: Millitokens; readonly offer: FoundOffer }
  /** `fix`: what asking for a fix usually takes. */
  | { readonly kind: 'roll-back'; readonly generation: string; readonly fix: Millitokens }
  | { readonly kind: 'add-detail'; readonly saves: Millitokens; readonly missing: readonly MissingDetail[] }
  | { readonly kind: 'low-balance'; readonly leaves: Millitokens }
);

export type FoundOffer = Exclude<FreeEditOffer, { kind: 'none' }>;
