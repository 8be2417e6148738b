import type { ChatRoom } from './chatRoom.ts';
import { commandAttachments } from './commandAttachments.ts';

/** Attaches what the command works on that a message begins with, as it is now. */
export async function attachForCommand(room: ChatRoom, text: string): Promise<void> {
  for (const each of await commandAttachments(text, room.session.state.attachments)) room.addAttachment(each);
}
