import { commandAttachments } from './commandAttachments.ts';
import type { OpenConversation } from './openConversation.ts';

/** Attaches what the command works on that a message begins with, as it is now. */
export async function attachForCommand(conversation: OpenConversation, text: string): Promise<void> {
  for (const attachment of await commandAttachments(text, conversation.state.attachments))
    conversation.dispatch({ kind: 'attached', attachment });
}
