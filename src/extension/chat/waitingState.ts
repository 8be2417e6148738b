import * as z from 'zod/mini';
import { Attachment } from './chatAttachment.ts';

/** A message that was sent while another was being answered. It is one message, of as many texts as were merged. */
export const WaitingMessage = z.object({
  /** The message's id once it is sent, so that it is never sent twice. */
  id: z.string(),
  texts: z.array(z.string()),
  attachments: z.array(Attachment),
});
export type WaitingMessage = z.infer<typeof WaitingMessage>;

/** The messages that wait, the next first. `held`: they are not sent by themselves until something is answered. */
export const WaitingState = z.object({ held: z.boolean(), messages: z.array(WaitingMessage) });
export type WaitingState = z.infer<typeof WaitingState>;

export const nothingWaits: WaitingState = { held: false, messages: [] };
