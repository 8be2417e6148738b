import type { ChangeDecision } from '../../protocol/changeDecision.ts';
import type { ChatRoom } from './chatRoom.ts';

/**
 * Keeps or undoes a file of an answer, or some of its hunks. Where the person's later edits stand in the way nothing is
 * undone: the dry run shows what there is to decide.
 */
export async function decideChange(room: ChatRoom, decision: ChangeDecision): Promise<void> {
  const { generation, path, hunks, keeps } = decision;
  const review = room.review.of(generation);
  if (keeps) {
    await (hunks === null ? review.keepFiles([path]) : review.keepHunks(path, hunks));
    return;
  }
  const outcome = await review.undo({
    files: hunks === null ? [path] : [],
    hunks: hunks === null ? null : { path, positions: hunks },
    decisions: {},
  });
  if (outcome.kind === 'problem') throw new Error(outcome.message);
  if (outcome.kind === 'conflicts') room.showPreview(await room.rollbacks.preview(generation, 'alone'));
}
