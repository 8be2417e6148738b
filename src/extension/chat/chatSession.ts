import { chatReducer, type ChatAction } from './chatReducer.ts';
import { newChatState, type ChatState } from './chatState.ts';
import { OpenConversation } from './openConversation.ts';
import { SessionFiles, type HeldSession } from './sessionFiles.ts';
import { leftBehind, type MoveAction } from './sessionReducer.ts';
import type { StateFiles } from './stateFiles.ts';

/** The conversations of one window: the one that is shown, and those in which something still runs. */
export class ChatSession {
  readonly #files: SessionFiles;
  readonly #listeners = new Set<ChatListener>();
  readonly #anyListeners = new Set<ChatListener>();
  readonly #open = new Map<string, OpenConversation>();
  #shown: OpenConversation;
  /** Until what was left is written. */
  #leaving: Promise<unknown> = Promise.resolve();
  #showing: Promise<unknown> = Promise.resolve();
  #isClosing = false;

  private constructor(files: SessionFiles, held: HeldSession, state: ChatState) {
    this.#files = files;
    this.#shown = this.#opened(Promise.resolve(held), state);
    this.#shown.retain();
    this.#open.set(held.id, this.#shown);
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

  /** The conversation that is shown. */
  get shown(): OpenConversation {
    return this.#shown;
  }

  get state(): ChatState {
    return this.#shown.state;
  }

  /** The conversation that is shown, and those in which something runs. */
  get all(): Iterable<OpenConversation> {
    return this.#open.values();
  }

  /** The conversation of this id, if it is shown or something runs in it. */
  find(id: string): OpenConversation | null {
    return this.#open.get(id) ?? null;
  }

  /** Changes the conversation that is shown, or begins a new one in its place. */
  dispatch(action: ChatAction): void {
    if (action.kind === 'newChat') this.#move(action, this.#opened(heldAnew(this.#files, action.session), this.state));
    else this.#shown.dispatch(action);
  }

  /** Shows another conversation of this workspace, unless another window does. One after the other. */
  show(id: string): Promise<ShowAnswer> {
    const showing = this.#showing.then(() => this.#show(id));
    this.#showing = showing.catch(() => undefined);
    return showing;
  }

  async #show(id: string): Promise<ShowAnswer> {
    if (id === this.state.thread.session) return 'shown';
    await this.#leaving;
    const running = this.find(id);
    if (running) {
      this.#move({ kind: 'opened', state: running.state }, running);
      return 'shown';
    }
    const held = await this.#files.hold(id);
    if (!held) return 'elsewhere';
    const read = await this.#files.read(id);
    if (read.kind !== 'state') {
      held.release();
      return read.kind;
    }
    this.#move({ kind: 'opened', state: read.state }, this.#opened(Promise.resolve(held), read.state));
    return 'shown';
  }

  /**
   * Opens a conversation that is not shown; null if it is open already, gone, or another window's. It stays with this
   * window as long as somebody retains it.
   */
  async openBehind(id: string): Promise<OpenConversation | null> {
    const held = this.find(id) ? null : await this.#files.hold(id);
    if (!held) return null;
    const read = await this.#files.read(id);
    if (read.kind !== 'state') {
      held.release();
      return null;
    }
    const conversation = this.#opened(Promise.resolve(held), read.state);
    this.#open.set(id, conversation);
    return conversation;
  }

  /** Shows a copy of a conversation, under the id `session`: the original stays with the window that has it. */
  async showCopy(id: string, session: string): Promise<ShowAnswer> {
    await this.#leaving;
    const read = await this.#files.read(id);
    if (read.kind !== 'state') return read.kind;
    const copy = { ...read.state, batch: [], thread: { ...read.state.thread, session } };
    this.#move({ kind: 'opened', state: copy }, this.#opened(heldAnew(this.#files, session), copy));
    return 'shown';
  }

  /** Calls `listener` after every change of what is shown; the answer ends that. */
  onDidChange(listener: ChatListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The same for every conversation of this window, whether it is shown or not. */
  onDidChangeAny(listener: ChatListener): () => void {
    this.#anyListeners.add(listener);
    return () => this.#anyListeners.delete(listener);
  }

  /** Resolves once everything up to now is on the disk. */
  async flush(): Promise<void> {
    await this.#leaving;
    await this.#shown.flush();
  }

  /** Writes what is not yet written, and lets other windows have it all. Nothing is written afterwards. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#leaving;
    await Promise.all([...this.#open.values()].map((conversation) => conversation.close()));
  }

  #opened(held: Promise<HeldSession>, state: ChatState): OpenConversation {
    return new OpenConversation(held, state, {
      changed: (conversation, before, action) => {
        const { state: after } = conversation;
        if (conversation === this.#shown) for (const listener of this.#listeners) listener(before, after, action);
        for (const listener of this.#anyListeners) listener(before, after, action);
      },
      closed: (conversation) => {
        const { session } = conversation.state.thread;
        if (this.#open.get(session) === conversation) this.#open.delete(session);
      },
      isClosing: () => this.#isClosing,
    });
  }

  /** What is written after this belongs to the next conversation. */
  #move(action: MoveAction, next: OpenConversation): void {
    const [left, before] = [this.#shown, this.state];
    const after = chatReducer(before, action);
    this.#leaving = Promise.all([this.#leaving, left.leave(leftBehind(before, action))]);
    this.#shown = next;
    this.#open.set(after.thread.session, next);
    next.show(after);
    for (const listener of [...this.#listeners, ...this.#anyListeners]) listener(before, after, action);
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
