import * as z from 'zod/mini';

/** Something that an `@` in the composer can stand for. `path`: relative with `/`; empty where there is none. */
export const Mention = z.object({
  kind: z.enum(['file', 'folder', 'selection', 'problems']),
  label: z.string(),
  path: z.string(),
});
export type Mention = z.infer<typeof Mention>;
