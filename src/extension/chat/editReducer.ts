import type { Composer, Message, Thread } from '../../protocol/chat.ts';
import type { ChatState } from './chatState.ts';

/** The conversation after something happened to the earlier message that is edited to be sent again. Pure. */
export function editReducer(state: ChatState, action: EditAction): ChatState {
  if (action.kind === 'editCancelled') return withoutEdit(state);
  const asked = state.thread.messages.find(({ id, role }) => role === 'user' && id === action.message);
  if (asked?.role !== 'user' || asked.rolledBack) return state;
  const draft = state.editing?.draft ?? state.draft;
  return { ...state, draft: asked.text, editing: { message: asked.id, draft } };
}

export type EditAction =
  /** An earlier message goes into the composer; what was typed there waits. */
  { readonly kind: 'editing'; readonly message: string } | { readonly kind: 'editCancelled' };

/** The conversation once the edited message was sent, or is left as it was: the draft that waited comes back. */
export function withoutEdit(state: ChatState): ChatState {
  return state.editing ? { ...state, draft: state.editing.draft, editing: null } : state;
}

/** What would be sent along with the edited message: nothing that was said from there on. */
export function beforeEdit(state: ChatState): ChatState {
  const at = indexOfEdited(state);
  if (at === -1) return state;
  return { ...state, thread: { ...state.thread, messages: state.thread.messages.slice(0, at) } };
}

/** What goes with the message that is edited, as the page is told it. */
export function shownEdit(state: ChatState): Composer['editing'] {
  const at = indexOfEdited(state);
  if (!state.editing || at === -1) return null;
  const after = state.thread.messages.slice(at + 1);
  const later = after.filter((message) => message.role !== 'assistant' && !message.rolledBack);
  return { message: state.editing.message, later: later.length, files: new Set(after.flatMap(changedPaths)).size };
}

/** The answer to a message, by its id; null if there is none. */
export function answerTo({ messages }: Thread, id: string): string | null {
  const at = messages.findIndex((message) => message.role === 'user' && message.id === id);
  const next = messages[at + 1];
  return at !== -1 && next?.role === 'assistant' ? next.id : null;
}

function indexOfEdited({ editing, thread }: ChatState): number {
  return thread.messages.findIndex(({ id, role }) => role === 'user' && id === editing?.message);
}

/** The files that a message changed and that still stand so. */
function changedPaths(message: Message): string[] {
  if (message.role === 'user') return [];
  if (message.role === 'localEdit') return message.rolledBack ? [] : message.places.map(({ path }) => path);
  return message.changesState === 'rolledBack' ? [] : message.changes.map(({ path }) => path);
}
