import type { Banner, Message } from '../../protocol/chat.ts';
import type { ChatState, Redo } from './chatState.ts';

/**
 * The conversation after a roll back: messages and changes marked, the prompt in the composer before what was typed
 * since.
 */
export function markRolledBack(state: ChatState, redo: Redo, banner: Banner): ChatState {
  const rolledBack = redo.conflicts > 0 ? 'partly' : 'rolledBack';
  const files = new Set(redo.generations.map(({ id }) => id));
  const chat = new Set(redo.messages);
  const messages = state.thread.messages.map((message): Message => {
    if (message.role === 'user') return chat.has(message.id) ? { ...message, rolledBack: true } : message;
    if (!files.has(message.id)) return message;
    return message.role === 'localEdit' ? { ...message, rolledBack: true } : { ...message, changesState: rolledBack };
  });
  const draft = redo.prompt === null ? state.draft : joined(redo.prompt, state.draft);
  return { ...state, thread: { ...state.thread, messages }, draft, redo, banner };
}

/**
 * The conversation after the last roll back was undone; the prompt leaves the composer if it still stands there
 * untouched.
 */
export function markRedone(state: ChatState, banner: Banner): ChatState {
  const { redo } = state;
  if (!redo) return state;
  const before = new Map(redo.generations.map(({ id, changesState }) => [id, changesState]));
  const chat = new Set(redo.messages);
  const messages = state.thread.messages.map((message): Message => {
    if (message.role === 'user') return chat.has(message.id) ? { ...message, rolledBack: false } : message;
    const changesState = before.get(message.id);
    if (changesState === undefined) return message;
    if (message.role === 'localEdit') return { ...message, rolledBack: false };
    return { ...message, changesState: changesState === 'kept' ? 'kept' : 'pending' };
  });
  return {
    ...state,
    thread: { ...state.thread, messages },
    draft: withoutPrompt(state.draft, redo),
    redo: null,
    banner,
  };
}

function joined(prompt: string, draft: string): string {
  return draft.trim() === '' || draft === prompt ? prompt : `${prompt}\n\n${draft}`;
}

function withoutPrompt(draft: string, { prompt }: Redo): string {
  if (prompt === null) return draft;
  if (draft === prompt) return '';
  return draft.startsWith(`${prompt}\n\n`) ? draft.slice(prompt.length + 2) : draft;
}
