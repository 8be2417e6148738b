import { chatReducer, type ChatAction } from './chatReducer.ts';
import { ChatState, newChatState } from './chatState.ts';

/** The conversation that is shown: its state, what changes it, and its file. One per window. */
export class ChatSession {
  readonly #files: StateFiles;
  readonly #listeners = new Set<ChatListener>();
  #state: ChatState;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  private constructor(files: StateFiles, state: ChatState) {
    this.#files = files;
    this.#state = state;
  }

  /** Brings back the conversation of this workspace, or starts one. A file that cannot be read is kept beside. */
  static async open(files: StateFiles, start: { session: string; mode: ChatState['mode'] }): Promise<OpenedSession> {
    const text = await files.read(CURRENT);
    if (text === null)
      return { session: new ChatSession(files, newChatState(start.session, start.mode)), damaged: null };
    const state = parsed(text);
    if (state) return { session: new ChatSession(files, state), damaged: null };
    const damaged = `${start.session}.damaged.json`;
    await files.write(damaged, text);
    return { session: new ChatSession(files, newChatState(start.session, start.mode)), damaged };
  }

  get state(): ChatState {
    return this.#state;
  }

  dispatch(action: ChatAction): void {
    const before = this.#state;
    this.#state = chatReducer(before, action);
    if (action.kind === 'newChat') this.#archive(before);
    for (const listener of this.#listeners) listener(before, this.#state, action);
    this.#timer ??= setTimeout(this.#writeQuietly, WRITE_DELAY_MS);
  }

  /** What could not be written now is written with the next change; who has to know flushes. */
  readonly #writeQuietly = (): void => {
    this.flush().catch(() => undefined);
  };

  /** Calls `listener` after every change; the answer ends that. */
  onDidChange(listener: ChatListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves once everything up to now is on the disk. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#write(CURRENT, this.#state);
  }

  #archive(state: ChatState): void {
    if (state.thread.messages.length > 0) void this.#write(`sessions/${state.thread.session}.json`, state);
  }

  #write(name: string, state: ChatState): Promise<void> {
    const written = this.#writing.then(() => this.#files.write(name, JSON.stringify(state)));
    this.#writing = written.catch(() => undefined);
    return written;
  }
}

export type ChatListener = (before: ChatState, after: ChatState, action: ChatAction) => void;

export interface OpenedSession {
  readonly session: ChatSession;
  /** Where a file that could not be read was put. */
  readonly damaged: string | null;
}

/** Where conversations are kept. A write is whole or not at all. */
export interface StateFiles {
  read(name: string): Promise<string | null>;
  write(name: string, text: string): Promise<void>;
}

const CURRENT = 'chat.json';
/** Text streams in faster than a disk should be bothered; what matters is flushed at once. */
const WRITE_DELAY_MS = 250;

function parsed(text: string): ChatState | null {
  try {
    return ChatState.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
