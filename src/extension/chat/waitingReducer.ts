import { mergedRequest } from '../../core/mergedRequest.ts';
import type { Attachment } from './chatAttachment.ts';
import type { ChatState } from './chatState.ts';
import { withoutEdit } from './editReducer.ts';
import type { WaitingMessage } from './waitingState.ts';

/** The conversation after something happened to the messages that wait. Pure. */
export function waitingReducer(state: ChatState, action: WaitingAction): ChatState {
  const { waiting } = state;
  switch (action.kind) {
    case 'waits':
      return withWaiting({ ...state, draft: '', attachments: [] }, [...waiting.messages, action.message]);
    case 'waiting':
      return withWaiting(state, action.messages);
    case 'held':
      return action.held ? held(state) : released(state);
    case 'batchWaits': {
      const gone = new Set(action.requests);
      const batch = state.batch.filter(({ id }) => !gone.has(id));
      return withWaiting({ ...released(state), batch }, [action.message, ...waiting.messages]);
    }
    case 'takenBack':
      return takenBack(state, action.id);
  }
}

export type WaitingAction =
  | { readonly kind: 'waits'; readonly message: WaitingMessage }
  /** Requests of the batch, by their ids, become the next message. */
  | { readonly kind: 'batchWaits'; readonly message: WaitingMessage; readonly requests: readonly string[] }
  /** Some were dropped or merged. */
  | { readonly kind: 'waiting'; readonly messages: WaitingMessage[] }
  | { readonly kind: 'held'; readonly held: boolean }
  /** One goes back into the composer, to be edited. */
  | { readonly kind: 'takenBack'; readonly id: string };

/** What waits stays until the person says more; where nothing waits, nothing is held. */
export function held(state: ChatState): ChatState {
  return { ...state, waiting: { ...state.waiting, held: state.waiting.messages.length > 0 } };
}

/** Something is being answered again: what waits goes after it. */
export function released(state: ChatState): ChatState {
  return state.waiting.held ? { ...state, waiting: { ...state.waiting, held: false } } : state;
}

/** A message was taken out of those that wait, or out of the composer: what was attached there since stays. */
export function withoutSent(state: ChatState, { message, composed }: Sent): ChatState {
  const others = state.waiting.messages.filter(({ id }) => id !== message.id);
  const rest = withWaiting(released(state), others);
  if (!composed) return rest;
  return withoutEdit({ ...rest, draft: '', attachments: rest.attachments.filter((each) => !composed.includes(each)) });
}

interface Sent {
  readonly message: { readonly id: string };
  /** What went along out of the composer, where the message was written there. */
  readonly composed?: readonly Attachment[];
}

function withWaiting(state: ChatState, messages: WaitingMessage[]): ChatState {
  return { ...state, waiting: { held: state.waiting.held && messages.length > 0, messages } };
}

/** In front of what was typed since, with its attachments. */
function takenBack(state: ChatState, id: string): ChatState {
  const message = state.waiting.messages.find((each) => each.id === id);
  if (!message) return state;
  const text = mergedRequest(message.texts);
  const draft = state.draft.trim() === '' ? text : `${text}\n\n${state.draft}`;
  const labels = new Set(state.attachments.map(({ label }) => label));
  const attachments = [...state.attachments, ...message.attachments.filter(({ label }) => !labels.has(label))];
  const others = state.waiting.messages.filter((each) => each !== message);
  return withWaiting({ ...state, draft, attachments }, others);
}
