import type { Place, Thread } from '../../protocol/chat.ts';
import { newChatState, type ChatState } from './chatState.ts';
import { held } from './waitingReducer.ts';
import { nothingWaits } from './waitingState.ts';

/** The conversation after something happened to it as a whole: another is shown, it is named or summarized. Pure. */
export function sessionReducer(state: ChatState, action: SessionAction): ChatState {
  switch (action.kind) {
    case 'newChat':
      return {
        ...newChatState(action.session, state.mode),
        draft: state.draft,
        batch: state.batch,
        waiting: isAnswering(state) ? nothingWaits : held(state).waiting,
      };
    case 'opened': {
      const opened = { ...action.state, batch: [...action.state.batch, ...state.batch] };
      // Where nothing runs, whoever has sent what waits there is gone.
      return isAnswering(opened) ? opened : held(opened);
    }
    case 'placed':
      return { ...state, thread: placed(state.thread, action.place) };
    case 'named':
      return { ...state, thread: { ...state.thread, title: action.title } };
    case 'compacting':
      return { ...state, compacting: action.message };
  }
}

export type SessionAction =
  | MoveAction
  /** The person reads there; null at the end. */
  | { readonly kind: 'placed'; readonly place: Place | null }
  | { readonly kind: 'named'; readonly title: string }
  /** The message of this id asks for a summary. */
  | { readonly kind: 'compacting'; readonly message: string };

export type MoveAction =
  | { readonly kind: 'newChat'; readonly session: string }
  /** Another conversation is shown. */
  | { readonly kind: 'opened'; readonly state: ChatState };

/**
 * What stays of a conversation that is left: the batch goes along, and so does the draft into a new one. What waits for
 * an answer that still arrives waits there.
 */
export function leftBehind(state: ChatState, action: MoveAction): ChatState {
  const left = { ...state, batch: [] };
  if (action.kind !== 'newChat') return left;
  return { ...left, draft: '', waiting: isAnswering(state) ? state.waiting : nothingWaits };
}

function isAnswering({ thread }: ChatState): boolean {
  return thread.messages.some((message) => message.role === 'assistant' && message.state === 'streaming');
}

function placed({ place: _before, ...thread }: Thread, place: Place | null): Thread {
  return place ? { ...thread, place } : thread;
}
