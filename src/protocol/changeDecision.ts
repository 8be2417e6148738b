import * as z from 'zod/mini';

const Count = z.int().check(z.nonnegative());

/** What the person decides of one file that an answer changed; `hunks` are some of its changes, null is all of it. */
export const ChangeDecision = z.object({
  generation: z.string(),
  path: z.string(),
  hunks: z.nullable(z.array(Count)),
  keeps: z.boolean(),
});
export type ChangeDecision = z.infer<typeof ChangeDecision>;
