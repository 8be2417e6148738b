import * as z from 'zod/mini';

/**
 * Something that goes along with the next message: a file, or some of its lines. It is read when the message is sent.
 */
export const Attachment = z.object({
  id: z.string(),
  label: z.string(),
  modelTokens: z.int(),
  uri: z.string(),
  path: z.string(),
  /** Counted from 0, both included. */
  lines: z.nullable(z.object({ first: z.int(), last: z.int() })),
});
export type Attachment = z.infer<typeof Attachment>;
