import { contextKeys } from '../contributions.ts';
import { lastGeneration } from '../rollback/rollbackTargets.ts';
import type { ChatState } from './chatState.ts';

/** What menus and keys ask about a chat, each by the name of its context key. */
export function chatContextKeys(state: ChatState): [key: string, value: boolean][] {
  return [
    [contextKeys.hasGeneration, lastGeneration(state) !== null],
    [contextKeys.canRedo, state.redo !== null],
    [contextKeys.hasMessages, state.thread.messages.length > 0],
    [contextKeys.hasBatch, state.batch.length > 0],
    [contextKeys.hasDraft, state.draft.trim() !== ''],
  ];
}
