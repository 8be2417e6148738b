import type { ExtensionCalls } from '../../protocol/chat.ts';
import { isPending } from '../rollback/rollbackTargets.ts';
import type { ChatRoom } from './chatRoom.ts';
import { decideChange } from './decideChange.ts';

/** What the page may ask about the files that answers changed. */
export function changeCalls(opened: Promise<ChatRoom>): Pick<ExtensionCalls, ChangeCall> {
  return {
    keep: async (generation) => (await opened).session.dispatch({ kind: 'kept', generation }),
    keepAll: async () => {
      const { session } = await opened;
      for (const { id } of session.state.thread.messages.filter(isPending))
        session.dispatch({ kind: 'kept', generation: id });
    },
    decide: async (decision) => (await opened).guard((room) => decideChange(room, decision)),
    reviewChanges: async (id, path) => (await opened).guard((room) => room.review.show(id, path)),
    fileDiff: async (id, path) => (await opened).rollbacks.fileDiff(id, path),
  };
}

type ChangeCall = 'keep' | 'keepAll' | 'decide' | 'reviewChanges' | 'fileDiff';
