import { mergedRequest } from '../../core/mergedRequest.ts';
import type { Composer } from '../../protocol/chat.ts';
import type { WaitingState } from './waitingState.ts';

/** The messages that wait, as the page is told of them: each in the words in which it will be sent. */
export function shownWaiting({ held, messages }: WaitingState): Composer['waiting'] {
  return { held, messages: messages.map(({ id, texts }) => ({ id, text: mergedRequest(texts) })) };
}
