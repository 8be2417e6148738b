import type { Place } from '../../src/protocol/chat.ts';

/** Where the person reads: the message at the top of what they see. Null without messages. */
export function readingPlace(thread: HTMLElement): Place | null {
  const top = thread.scrollTop;
  const message = messagesIn(thread).find((each) => each.offsetTop + each.offsetHeight > top);
  const id = message?.dataset['key'];
  return message === undefined || id === undefined
    ? null
    : { message: id, offset: Math.round(top - message.offsetTop) };
}

/** Scrolls to where the person read, if that message is still there. */
export function goToPlace(thread: HTMLElement, place: Place): void {
  const message = messagesIn(thread).find((each) => each.dataset['key'] === place.message);
  if (message !== undefined) thread.scrollTop = message.offsetTop + place.offset;
}

function messagesIn(thread: HTMLElement): HTMLElement[] {
  return [...thread.querySelectorAll<HTMLElement>('tokenfare-message')];
}
