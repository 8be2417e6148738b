import { slashCommand } from '../../core/slashCommand.ts';
import type { ChatAction } from './chatReducer.ts';
import type { ChatState } from './chatState.ts';

const KINDS: ReadonlySet<ChatAction['kind']> = new Set(['ended', 'newChat', 'opened', 'rolledBack', 'redone']);

/** Whether another context goes along with the next message after that. */
export function changesContext(before: ChatState, after: ChatState, kind: ChatAction['kind']): boolean {
  return (
    before.mode !== after.mode ||
    before.editing !== after.editing ||
    before.attachments !== after.attachments ||
    slashCommand(before.draft)?.name !== slashCommand(after.draft)?.name ||
    KINDS.has(kind)
  );
}
