import { commands as vscodeCommands } from 'vscode';
import type { ExtensionCalls } from '../../protocol/chat.ts';
import type { FreeEditAnswer } from '../../protocol/freeEdit.ts';
import { commands } from '../contributions.ts';
import { isPending } from '../rollback/rollbackTargets.ts';
import type { ChatRoom } from './chatRoom.ts';
import { decideChange } from './decideChange.ts';

/** What the page may ask about changes of files: free edits, roll backs, what an answer changed. None costs tokens. */
export function changeCalls(opened: Promise<ChatRoom>): Pick<ExtensionCalls, ChangeCall> {
  return {
    planFreeEdit: async (text) => (await opened).freeEdits.offer(text),
    revealCandidate: async (candidate) => (await opened).freeEdits.reveal(candidate),
    applyFreeEdit: async ({ text, candidate }) => applyFreeEdit(await opened, text, candidate),
    freeEdit: async (text) => freeEdit(await opened, text),
    findRollback: async (text) => {
      if (text === '') {
        await vscodeCommands.executeCommand(commands.rollBackLast);
        return;
      }
      const [room, { rollBackCommand }] = await Promise.all([opened, import('../rollback/rollBackCommand.ts')]);
      await room.guard(() => rollBackCommand(room, room.deps, text));
    },
    previewRollback: async (id, scope) =>
      (await opened).guard(async (room) => room.showPreview(await room.rollbacks.preview(id, scope))),
    cancelRollback: async () => (await opened).showPreview(null),
    rollBack: async (request) => (await opened).guard((room) => room.rollBack(request)),
    redo: async () => (await opened).guard((room) => room.redo()),
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

type ChangeCall =
  | 'planFreeEdit'
  | 'revealCandidate'
  | 'applyFreeEdit'
  | 'freeEdit'
  | 'findRollback'
  | 'previewRollback'
  | 'cancelRollback'
  | 'rollBack'
  | 'redo'
  | 'keep'
  | 'keepAll'
  | 'decide'
  | 'reviewChanges'
  | 'fileDiff';

/** Whether it was done: the person may discard it, and what goes wrong is in the banner. */
async function applyFreeEdit(room: ChatRoom, text: string, candidate: number | null): Promise<boolean> {
  let applied = false;
  await room.guard(async () => (applied = await room.freeEdits.apply(text, candidate)));
  return applied;
}

/** What goes wrong on the way is in the banner; the draft stays then. */
async function freeEdit(room: ChatRoom, text: string): Promise<FreeEditAnswer> {
  let answer: FreeEditAnswer = { kind: 'discarded' };
  await room.guard(async ({ freeEdits }) => {
    const { doFreeEdit } = await import('../localEdits/doFreeEdit.ts');
    answer = await doFreeEdit(freeEdits, text);
  });
  return answer;
}
