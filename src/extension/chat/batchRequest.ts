import * as z from 'zod/mini';
import { Attachment } from './chatAttachment.ts';

/** One of the requests that are collected to be sent as one message. */
export const BatchRequest = z.object({
  id: z.string(),
  text: z.string(),
  attachments: z.array(Attachment),
  /** It can be done here, without a model: the planner found the one place. */
  free: z.boolean(),
});
export type BatchRequest = z.infer<typeof BatchRequest>;
