import { chatReducer, type ChatAction } from './chatReducer.ts';
import type { ChatState } from './chatState.ts';
import type { HeldSession } from './sessionFiles.ts';
import { isEmpty } from './sessionReducer.ts';

/**
 * One conversation that this window may write: its state, what changes it, and its file. It stays with the window as
 * long as it is shown or something runs in it.
 */
export class OpenConversation {
  readonly #held: Promise<HeldSession>;
  readonly #parts: ConversationParts;
  #state: ChatState;
  #users = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(held: Promise<HeldSession>, state: ChatState, parts: ConversationParts) {
    this.#held = held;
    // Whoever writes hears of it.
    held.catch(() => undefined);
    this.#state = state;
    this.#parts = parts;
  }

  get state(): ChatState {
    return this.#state;
  }

  /** Whether an answer is being written in it. */
  get isRunning(): boolean {
    return this.#state.thread.messages.some((message) => message.role === 'assistant' && message.state === 'streaming');
  }

  dispatch(action: ChatAction): void {
    const before = this.#state;
    this.#state = chatReducer(before, action);
    this.#parts.changed(this, before, action);
    this.#writeSoon();
  }

  /** Resolves once everything up to now is on the disk. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const state = this.#state;
    return this.#inTurn(async (held) => {
      if (!this.#isClosed) await held.write(state);
    });
  }

  /** It is needed until the answer is called. */
  retain(): () => void {
    this.#users += 1;
    let isRetained = true;
    return () => {
      if (isRetained) this.#users -= 1;
      if (isRetained && this.#users === 0) void this.close();
      isRetained = false;
    };
  }

  /** It is needed until `work` is done. */
  during<T>(work: Promise<T>): Promise<T> {
    return work.finally(this.retain());
  }

  /** The window shows it from now on, and begins with this state. */
  show(state: ChatState): void {
    this.#state = state;
    this.#users += 1;
    void this.#inTurn((held) => held.markShown()).catch(() => undefined);
    this.#writeSoon();
  }

  /** The window shows another one; this one stays as long as something runs in it. One that is empty goes. */
  async leave(state: ChatState): Promise<void> {
    this.#state = state;
    const isGone = isEmpty(state);
    await this.#inTurn(async (held) => {
      await (isGone ? held.remove() : held.write(state));
      await held.unmarkShown();
    }).catch(() => undefined);
    this.#users -= 1;
    if (this.#users === 0) await this.close(isGone);
  }

  /** Writes what is not yet written, and lets another window have it. Nothing is written afterwards. */
  async close(isGone = false): Promise<void> {
    if (!isGone) await this.flush().catch(() => undefined);
    clearTimeout(this.#timer);
    if (this.#isClosed || (this.#users > 0 && !this.#parts.isClosing())) return;
    this.#isClosed = true;
    this.#parts.closed(this);
    await this.#held.then((held) => held.release()).catch(() => undefined);
  }

  #writeSoon(): void {
    this.#timer ??= setTimeout(this.#writeQuietly, WRITE_DELAY_MS);
  }

  /** What could not be written now is written with the next change; who has to know flushes. */
  readonly #writeQuietly = (): void => {
    this.flush().catch(() => undefined);
  };

  #inTurn(work: (held: HeldSession) => Promise<void>): Promise<void> {
    const done = this.#writing.then(async () => work(await this.#held));
    this.#writing = done.catch(() => undefined);
    return done;
  }
}

export interface ConversationParts {
  readonly changed: (conversation: OpenConversation, before: ChatState, action: ChatAction) => void;
  readonly closed: (conversation: OpenConversation) => void;
  /** The window goes: whatever runs is given up. */
  readonly isClosing: () => boolean;
}

/** Text streams in faster than a disk should be bothered; what matters is flushed at once. */
const WRITE_DELAY_MS = 250;
