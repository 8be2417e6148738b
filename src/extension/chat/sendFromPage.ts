import { slashCommand } from '../../core/slashCommand.ts';
import type { ExtensionCalls, SendAnswer } from '../../protocol/chat.ts';
import { attachForCommand } from './attachForCommand.ts';
import type { ChatRoom } from './chatRoom.ts';
import { answerTo } from './editReducer.ts';
import type { OpenConversation } from './openConversation.ts';
import { unfitMessage } from './unfitMessage.ts';

/**
 * Sends a message in the chat that is shown now, whichever is by the time it goes, with what its slash command works
 * on; one that takes the place of an earlier one after what was said since was rolled back.
 */
export function sendFromPage(room: ChatRoom, message: FromPage): Promise<SendAnswer> {
  const { shown } = room.session;
  return shown.during(sendIn(shown, room, message));
}

async function sendIn(
  conversation: OpenConversation,
  room: ChatRoom,
  { rollsBackFiles = false, ...message }: FromPage,
): Promise<SendAnswer> {
  const { generations } = room;
  room.showPreview(null);
  const command = slashCommand(message.text);
  await attachForCommand(conversation, message.text);
  const { attachments, editing, thread } = conversation.state;
  if (command?.takes === 'code' && command.words === '' && attachments.length === 0) return { kind: 'nothingToWorkOn' };
  if (!editing) return room.waiting.send(message, conversation);
  const unfit = unfitMessage(message.text);
  if (unfit) return unfit;
  const whyNot = await generations.whyNot();
  if (whyNot) return whyNot;
  const generation = answerTo(thread, editing.message);
  if (generation !== null) {
    const what = rollsBackFiles ? 'both' : 'chat';
    await room.rollBack({ generation, what, onConflict: 'stop' }, conversation);
    if (room.status.preview) return { kind: 'conflicts' };
  }
  return generations.send(message);
}

type FromPage = Parameters<ExtensionCalls['send']>[0];
