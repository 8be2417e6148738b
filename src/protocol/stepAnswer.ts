import * as z from 'zod/mini';

/** To a step that asks. `always`: the same command is never asked for again in this workspace. */
export const StepAnswer = z.enum(['once', 'always', 'no']);
export type StepAnswer = z.infer<typeof StepAnswer>;
