import * as z from 'zod/mini';
import { Amount } from './api.ts';

const Count = z.int().check(z.nonnegative());

/** What a free edit would do to the draft, asked for when typing stops. */
export const FreeEditOffer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('edit'), places: z.array(z.object({ path: z.string(), line: Count })), saves: Amount }),
  z.object({
    kind: z.literal('choose'),
    candidates: z.array(z.object({ id: Count, label: z.string(), path: z.string(), line: Count })),
    saves: Amount,
  }),
  z.object({ kind: z.literal('none') }),
]);
export type FreeEditOffer = z.infer<typeof FreeEditOffer>;

/** How a free edit that was asked for ended. `discarded`: the person saw it first, or named no place. */
export const FreeEditAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('discarded') }),
  z.object({ kind: z.literal('refused'), reason: z.string() }),
]);
export type FreeEditAnswer = z.infer<typeof FreeEditAnswer>;
