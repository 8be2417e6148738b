import * as z from 'zod/mini';

/**
 * Something that goes along with the next message. A file, a folder, some lines or the problems are read when the
 * message is sent; what was pasted is kept here.
 */
export const Attachment = z.object({
  id: z.string(),
  kind: z._default(z.enum(['file', 'problems', 'text', 'image']), 'file'),
  label: z.string(),
  modelTokens: z.int(),
  /** Empty for what was pasted. */
  uri: z.string(),
  path: z.string(),
  /** Counted from 0, both included. */
  lines: z.nullable(z.object({ first: z.int(), last: z.int() })),
  /** What was pasted: a text, or a picture as a data URI. */
  content: z.optional(z.string()),
});
export type Attachment = z.infer<typeof Attachment>;
