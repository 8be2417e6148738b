import * as z from 'zod/mini';

/**
 * What a person does with a code block of an answer. `language`: as the answer named it; may be empty. `path`: the file
 * that the answer names for it; `isCertain` if it does so at the block itself.
 */
export const CodeUse = z.discriminatedUnion('action', [
  z.object({ action: z.enum(['insert', 'newFile']), code: z.string(), language: z.string() }),
  z.object({ action: z.literal('apply'), code: z.string(), path: z.nullable(z.string()), isCertain: z.boolean() }),
]);
export type CodeUse = z.infer<typeof CodeUse>;
