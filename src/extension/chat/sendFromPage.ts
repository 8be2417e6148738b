import { slashCommand } from '../../core/slashCommand.ts';
import type { ExtensionCalls, SendAnswer } from '../../protocol/chat.ts';
import { attachForCommand } from './attachForCommand.ts';
import type { ChatRoom } from './chatRoom.ts';
import { answerTo } from './editReducer.ts';
import { unfitMessage } from './unfitMessage.ts';

/**
 * Sends a message, with what its slash command works on; one that takes the place of an earlier one after what was
 * said since was rolled back.
 */
export async function sendFromPage(
  room: ChatRoom,
  { rollsBackFiles = false, ...message }: Parameters<ExtensionCalls['send']>[0],
): Promise<SendAnswer> {
  room.showPreview(null);
  const command = slashCommand(message.text);
  await attachForCommand(room, message.text);
  const { attachments, editing, thread } = room.session.state;
  if (command?.takes === 'code' && command.words === '' && attachments.length === 0) return { kind: 'nothingToWorkOn' };
  if (!editing) return room.waiting.send(message);
  const unfit = unfitMessage(message.text);
  if (unfit) return unfit;
  const whyNot = await room.generations.whyNot();
  if (whyNot) return whyNot;
  const generation = answerTo(thread, editing.message);
  if (generation !== null) {
    await room.rollBack({ generation, what: rollsBackFiles ? 'both' : 'chat', onConflict: 'stop' });
    if (room.status.preview) return { kind: 'conflicts' };
  }
  return room.generations.send(message);
}
