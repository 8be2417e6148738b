import * as z from 'zod/mini';

/** What a person does with a code block of an answer. `language`: as the answer named it; may be empty. */
export const CodeUse = z.object({ action: z.enum(['insert', 'newFile']), code: z.string(), language: z.string() });
export type CodeUse = z.infer<typeof CodeUse>;
