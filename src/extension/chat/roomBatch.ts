import { l10n } from 'vscode';
import { Batch } from './batch.ts';
import type { ChatRoom } from './chatRoom.ts';

/** The batch of a window's chat: what is free is done there, the rest goes together. */
export function roomBatch(room: ChatRoom): Batch {
  return new Batch({
    session: room.session,
    newId: room.deps.newId,
    isFree: async (text) => room.composer.offersFreeEdits && (await room.freeEdits.offer(text)).kind === 'edit',
    doFree: async (text) => {
      if (!(await room.freeEdits.apply(text, null))) throw new Error(l10n.t('Discarded, so nothing was changed.'));
    },
    sendTogether: (requests) => room.waiting.sendTogether(requests),
  });
}
