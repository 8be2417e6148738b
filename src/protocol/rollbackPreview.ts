import * as z from 'zod/mini';

const Count = z.int().check(z.nonnegative());

/**
 * How much goes: this generation and everything since, this one while the others stay, or the files of all that the
 * person has not kept.
 */
export const RollbackScope = z.enum(['since', 'alone', 'pending']);
export type RollbackScope = z.infer<typeof RollbackScope>;

/** A dry run: what a roll back would do, file by file. */
export const RollbackPreview = z.object({
  generation: z.string(),
  prompt: z.string(),
  scope: RollbackScope,
  /** Whether there is something later, so that the scope is a choice. */
  hasLater: z.boolean(),
  /** False for what was said in an earlier chat: only its files can be rolled back. */
  inChat: z.boolean(),
  laterMessages: Count,
  files: z.array(
    z.object({
      path: z.string(),
      /** `unchanged`: something else changed it. `damaged`: its checkpoint can't be read. Neither is restored. */
      kind: z.enum(['deleted', 'recreated', 'restored', 'renamed', 'unchanged', 'damaged']),
      added: Count,
      removed: Count,
      /** The line of a later edit of the user's that stays, where there is one. */
      keepsLine: z.optional(Count),
      /** Hard links: the file has other names on the disk, which keep what they show. */
      otherNames: z.optional(z.literal(true)),
      conflictLine: z.optional(Count),
    }),
  ),
});
export type RollbackPreview = z.infer<typeof RollbackPreview>;
