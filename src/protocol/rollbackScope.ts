import * as z from 'zod/mini';

/**
 * How much goes: this generation and everything since, this one while the others stay, or the files of all that the
 * person has not kept.
 */
export const RollbackScope = z.enum(['since', 'alone', 'pending']);
export type RollbackScope = z.infer<typeof RollbackScope>;
