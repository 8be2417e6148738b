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
        draft: typed(state),
        attachments: state.editing ? [] : state.attachments,
        batch: state.batch,
        waiting: isEmpty(state) ? held(state).waiting : nothingWaits,
      };
    case 'opened': {
      const { batch } = action.state;
      const opened = {
        ...(isEmpty(state) ? withAll(action.state, state) : action.state),
        batch: [...batch, ...state.batch],
      };
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
 * What stays of a conversation that is left: the batch goes along, and so does the draft into a new one. Messages that
 * wait belong to what was said before them, and stay.
 */
export function leftBehind(state: ChatState, action: MoveAction): ChatState {
  const left = { ...state, batch: [] };
  if (action.kind !== 'newChat') return left;
  return state.editing ? withTyped(left, '') : { ...left, draft: '', attachments: [] };
}

/** One in which nothing was said is not kept once it is left. */
export function isEmpty({ thread }: ChatState): boolean {
  return thread.messages.length === 0;
}

/** The person's own words in the composer: while an earlier message is edited there, those that wait. */
function typed({ draft, editing }: ChatState): string {
  return editing ? editing.draft : draft;
}

function withTyped(state: ChatState, draft: string): ChatState {
  return state.editing ? { ...state, editing: { ...state.editing, draft } } : { ...state, draft };
}

/** A conversation with all that stood in the composer of another one, which is not kept. */
function withAll(state: ChatState, left: ChatState): ChatState {
  const drafts = [typed(state), typed(left)].filter((draft) => draft.trim() !== '');
  const { held: isHeld, messages } = state.waiting;
  return {
    ...withTyped(state, drafts.join('\n\n')),
    attachments: [...state.attachments, ...left.attachments],
    waiting: { held: isHeld, messages: [...messages, ...left.waiting.messages] },
  };
}

function isAnswering({ thread }: ChatState): boolean {
  return thread.messages.some((message) => message.role === 'assistant' && message.state === 'streaming');
}

function placed({ place: _before, ...thread }: Thread, place: Place | null): Thread {
  return place ? { ...thread, place } : thread;
}
