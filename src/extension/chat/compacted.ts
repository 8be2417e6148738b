import type { Message } from '../../protocol/chat.ts';
import type { ChatState } from './chatState.ts';

/** The conversation once an answer has ended: a whole summary takes the place of what was said before it. */
export function compacted(state: ChatState, ended: { readonly generation: string; readonly state: string }): ChatState {
  const { messages } = state.thread;
  const answer = messages.findIndex(({ id, role }) => role === 'assistant' && id === ended.generation);
  const asked = messages[answer - 1];
  if (state.compacting === null || asked?.id !== state.compacting) return state;
  const compactedAt = ended.state === 'done' ? state.compacting : state.compactedAt;
  return { ...state, compacting: null, compactedAt };
}

/** What still goes along of what was said: all of it, or what came from the request for the last summary on. */
export function sinceSummary({ thread, compactedAt }: Pick<ChatState, 'thread' | 'compactedAt'>): readonly Message[] {
  const { messages } = thread;
  const at = messages.findIndex((message) => {
    return message.role === 'user' && message.id === compactedAt && !message.rolledBack;
  });
  return at === -1 ? messages : messages.slice(at);
}
