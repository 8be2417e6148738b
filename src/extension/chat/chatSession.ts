import { chatReducer, type ChatAction } from './chatReducer.ts';
import { newChatState, type ChatState } from './chatState.ts';
import { SessionFiles, type HeldSession } from './sessionFiles.ts';
import { leftBehind } from './sessionReducer.ts';
import type { StateFiles } from './stateFiles.ts';

/** The conversation that is shown: its state, what changes it, and its file. One per window. */
export class ChatSession {
  readonly #files: SessionFiles;
  readonly #listeners = new Set<ChatListener>();
  #state: ChatState;
  /** The conversation that may be written; null only while one is left for another, and once closed. */
  #held: HeldSession | null;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isClosed = false;

  private constructor(files: SessionFiles, held: HeldSession, state: ChatState) {
    this.#files = files;
    this.#held = held;
    this.#state = state;
  }

  /**
   * Brings back the conversation that a window of this workspace showed before it was gone, or starts one. A file that
   * cannot be read is kept beside.
   */
  static async open(stateFiles: StateFiles, start: SessionStart): Promise<OpenedSession> {
    const files = new SessionFiles(stateFiles);
    const held = (await heldAgain(files, start.pause)) ?? (await heldAnew(files, start.session));
    await held.markShown();
    const read = await files.read(held.id);
    const damaged = read.kind === 'damaged' ? await files.keepDamaged(held.id, read.text) : null;
    const state = read.kind === 'state' ? read.state : newChatState(held.id, start.mode);
    return { session: new ChatSession(files, held, state), damaged };
  }

  get state(): ChatState {
    return this.#state;
  }

  dispatch(action: ChatAction): void {
    const before = this.#state;
    this.#state = chatReducer(before, action);
    if (action.kind === 'newChat') this.#move(leftBehind(before, action), () => heldAnew(this.#files, action.session));
    for (const listener of this.#listeners) listener(before, this.#state, action);
    this.#timer ??= setTimeout(this.#writeQuietly, WRITE_DELAY_MS);
  }

  /** Shows another conversation of this workspace, unless another window does. */
  async show(id: string): Promise<ShowAnswer> {
    if (id === this.#state.thread.session) return 'shown';
    await this.#writing;
    const held = await this.#files.hold(id);
    if (!held) return 'elsewhere';
    const read = await this.#files.read(id);
    if (read.kind !== 'state') {
      held.release();
      return read.kind;
    }
    this.#show(read.state, () => Promise.resolve(held));
    return 'shown';
  }

  /** Shows a copy of a conversation, under the id `session`: the original stays with the window that has it. */
  async showCopy(id: string, session: string): Promise<ShowAnswer> {
    await this.#writing;
    const read = await this.#files.read(id);
    if (read.kind !== 'state') return read.kind;
    const { state } = read;
    const copy = { ...state, batch: [], thread: { ...state.thread, session } };
    this.#show(copy, () => heldAnew(this.#files, session));
    return 'shown';
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
    const state = this.#state;
    return this.#inTurn(async () => {
      if (!this.#isClosed) await this.#mine.write(state);
    });
  }

  /** Writes what is not yet written, and lets another window have the conversation. Nothing is written afterwards. */
  async close(): Promise<void> {
    await this.flush().catch(() => undefined);
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#held?.release();
    this.#held = null;
  }

  get #mine(): HeldSession {
    if (!this.#held) throw new Error('The conversation could not be taken.');
    return this.#held;
  }

  #show(state: ChatState, hold: () => Promise<HeldSession>): void {
    const before = this.#state;
    const action = { kind: 'opened', state } as const;
    this.#move(leftBehind(before, action), hold);
    this.dispatch(action);
  }

  /** What is written after this belongs to the next conversation. */
  #move(left: ChatState, hold: () => Promise<HeldSession>): void {
    void this.#inTurn(async () => {
      const held = this.#mine;
      this.#held = null;
      try {
        await (left.thread.messages.length > 0 ? held.write(left) : held.remove());
        await held.unmarkShown();
      } finally {
        held.release();
        this.#held = await hold();
        await this.#held.markShown();
      }
    }).catch(() => undefined);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#writing.then(work);
    this.#writing = done.catch(() => undefined);
    return done;
  }
}

export type ChatListener = (before: ChatState, after: ChatState, action: ChatAction) => void;

export interface SessionStart {
  /** The id of the conversation, if a new one begins. */
  readonly session: string;
  readonly mode: ChatState['mode'];
  readonly pause: (milliseconds: number) => Promise<void>;
}

export interface OpenedSession {
  readonly session: ChatSession;
  /** Where a file that could not be read was put. */
  readonly damaged: string | null;
}

/** `elsewhere`: another window shows it. */
export type ShowAnswer = 'shown' | 'elsewhere' | 'missing' | 'damaged';

/** Text streams in faster than a disk should be bothered; what matters is flushed at once. */
const WRITE_DELAY_MS = 250;
/** A window that is reloaded starts before its former self has let go, which takes some tenths of a second. */
const LETTING_GO_MS = 1_000;
const ASK_AGAIN_MS = 50;

/** What a window that is gone showed; null if there was none, or every one is shown by a window that is there. */
async function heldAgain(files: SessionFiles, pause: SessionStart['pause']): Promise<HeldSession | null> {
  for (let waited = 0; ; waited += ASK_AGAIN_MS) {
    const shown = await files.shown();
    for (const id of shown) {
      const held = await files.hold(id);
      if (held) return held;
    }
    if (shown.length === 0 || waited >= LETTING_GO_MS) return null;
    await pause(ASK_AGAIN_MS);
  }
}

async function heldAnew(files: SessionFiles, id: string): Promise<HeldSession> {
  const held = await files.hold(id);
  if (!held) throw new Error(`The session ${id} is not new.`);
  return held;
}
