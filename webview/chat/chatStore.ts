import type { Composer, Message, PageCalls, Status, Thread } from '../../src/protocol/chat.ts';
import { withMessage, withStreamedText, type ChatState } from './chatState.ts';

/**
 * Holds what the extension says. Streamed text is collected and applied some times a second; everything else at once,
 * after the text that came before it.
 */
export class ChatStore implements PageCalls {
  state: ChatState | null = null;
  readonly #nextChange: (run: () => void) => void;
  #listener: StoreListener = { changed: () => undefined, focus: () => undefined, streamed: () => undefined };
  #streamed: { message: string; text: string }[] = [];

  constructor(nextChange: (run: () => void) => void) {
    this.#nextChange = nextChange;
  }

  listen(listener: StoreListener): void {
    this.#listener = listener;
  }

  /** The extension's answer to the page's first call. */
  start(state: ChatState): void {
    this.#set(state);
  }

  thread(thread: Thread): void {
    this.#update((state) => ({ ...state, thread }));
  }

  message(message: Message): void {
    this.#update((state) => ({ ...state, thread: withMessage(state.thread, message) }));
  }

  delta(delta: { message: string; text: string }): void {
    const last = this.#streamed.at(-1);
    if (last?.message === delta.message) last.text += delta.text;
    else this.#streamed.push({ ...delta });
    if (this.#streamed.length === 1 && last === undefined) {
      this.#nextChange(() => {
        this.#update((state) => state);
      });
    }
  }

  status(status: Status): void {
    this.#update((state) => ({ ...state, status }));
  }

  composer(composer: Composer): void {
    this.#update((state) => ({ ...state, composer }));
  }

  focus(): void {
    this.#listener.focus();
  }

  #update(change: (state: ChatState) => ChatState): void {
    if (this.state === null) return;
    const streamed = this.#streamed.splice(0);
    for (const { message, text } of streamed) this.#listener.streamed(message, text);
    const thread = streamed.reduce(
      (grown, { message, text }) => withStreamedText(grown, message, text),
      this.state.thread,
    );
    this.#set(change(thread === this.state.thread ? this.state : { ...this.state, thread }));
  }

  #set(state: ChatState): void {
    if (state === this.state) return;
    const before = this.state;
    this.state = state;
    this.#listener.changed(state, before);
  }
}

export interface StoreListener {
  changed(state: ChatState, before: ChatState | null): void;
  /** Text that an answer has grown by, for those who hear it. */
  streamed(message: string, text: string): void;
  focus(): void;
}
