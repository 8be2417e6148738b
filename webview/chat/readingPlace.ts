import type { Place } from '../../src/protocol/chat.ts';

/** Where the person reads: the message at the top of what they see. Null without messages. */
export function readingPlace(thread: HTMLElement): Place | null {
  const { top } = thread.getBoundingClientRect();
  // A group out of sight is not looked into: its messages are not laid out.
  const group = endingBelow(thread.querySelectorAll('.messages'), top);
  const message = endingBelow(group?.querySelectorAll<HTMLElement>('tokenfare-message') ?? [], top);
  const id = message?.dataset['key'];
  return message === undefined || id === undefined
    ? null
    : { message: id, offset: Math.round(top - message.getBoundingClientRect().top) };
}

/** Scrolls to where the person read, if that message is still there. */
export function goToPlace(thread: HTMLElement, place: Place): void {
  const messages = [...thread.querySelectorAll<HTMLElement>('tokenfare-message')];
  const message = messages.find((each) => each.dataset['key'] === place.message);
  if (message === undefined) return;
  thread.scrollTop += message.getBoundingClientRect().top - thread.getBoundingClientRect().top + place.offset;
}

function endingBelow<Some extends Element>(elements: Iterable<Some>, top: number): Some | undefined {
  return [...elements].find((each) => each.getBoundingClientRect().bottom > top);
}
