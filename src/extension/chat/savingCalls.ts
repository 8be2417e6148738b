import type { ExtensionCalls } from '../../protocol/chat.ts';
import type { ChatRoom } from './chatRoom.ts';

/** What the page may ask for to save tokens: advice taken or put away, the batch, and messages that wait. */
export function savingCalls(opened: Promise<ChatRoom>): Pick<ExtensionCalls, SavingCall> {
  return {
    dismissAdvice: async (kind) => (await opened).dismissAdvice(kind),
    startFresh: async () => (await opened).startFresh(),
    rollBackInstead: async (request) => (await opened).guard((room) => room.rollBackInstead(request)),
    addToBatch: async (text) => {
      const [room, { attachForCommand }] = await Promise.all([opened, import('./attachForCommand.ts')]);
      await attachForCommand(room.session.shown, text);
      await room.batch.add(text);
    },
    setBatch: async (requests) => (await opened).batch.set(requests),
    sendBatch: async () => (await opened).guard((room) => room.batch.send()),
    sendWaiting: async () => (await opened).waiting.sendNow(),
    mergeWaiting: async () => (await opened).waiting.merge(),
    dropWaiting: async (id) => (await opened).waiting.drop(id),
    editWaiting: async (id) => (await opened).waiting.takeBack(id),
  };
}

type SavingCall =
  | 'dismissAdvice'
  | 'startFresh'
  | 'rollBackInstead'
  | 'addToBatch'
  | 'setBatch'
  | 'sendBatch'
  | 'sendWaiting'
  | 'mergeWaiting'
  | 'dropWaiting'
  | 'editWaiting';
