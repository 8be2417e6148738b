import * as z from 'zod/mini';

/** A piece of an answer: what the model said, or what it did. */
export const Part = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({
    kind: z.literal('step'),
    id: z.string(),
    tool: z.string(),
    path: z.optional(z.string()),
    /** What it runs, exactly. */
    command: z.optional(z.string()),
    /**
     * `asking`: it waits for the person's answer. `notDone`: the answer ended before the step could be carried out;
     * nothing went wrong with it.
     */
    state: z.enum(['running', 'asking', 'done', 'failed', 'notDone']),
    /** What it asks the person to agree to. `overlap`: to put the model's lines in the place of those they typed. */
    asks: z.optional(z.enum(['read', 'write', 'overlap', 'command'])),
    /** For a failed step: what went wrong, as it was told to the model. */
    detail: z.optional(z.string()),
    /** The last of what a command wrote. */
    output: z.optional(z.string()),
  }),
]);
export type Part = z.infer<typeof Part>;
