import type { Thread } from '../../protocol/chat.ts';
import type { ChatSession, ShowAnswer } from './chatSession.ts';
import { SessionFiles, type ChangeAnswer } from './sessionFiles.ts';
import { isEmpty } from './sessionReducer.ts';
import type { StateFiles } from './stateFiles.ts';

/**
 * All conversations of a workspace: the one that is shown, and those in which something runs, are changed as they
 * stand, the others in their files. What another window has is that window's to change.
 */
export class ChatHistory {
  readonly #session: ChatSession;
  readonly #files: SessionFiles;
  readonly #parts: HistoryParts;
  /** The chat that was shown when it was deleted, by the id of the new one in its place. */
  readonly #replaced = new Map<string, string>();
  readonly #deletedListeners = new Set<(id: string) => void>();

  constructor(session: ChatSession, files: StateFiles, parts: HistoryParts) {
    this.#session = session;
    this.#files = new SessionFiles(files);
    this.#parts = parts;
  }

  /** The conversation as it is now; null if it is gone or cannot be read. */
  async thread(id: string): Promise<Thread | null> {
    const open = this.#session.find(id);
    if (open) return open.state.thread;
    const read = await this.#files.read(id);
    return read.kind === 'state' ? read.state.thread : null;
  }

  async show(id: string): Promise<ShowAnswer> {
    this.#parts.leave();
    return this.#arrived(await this.#session.show(id));
  }

  async showCopy(id: string): Promise<ShowAnswer> {
    this.#parts.leave();
    return this.#arrived(await this.#session.showCopy(id, this.#parts.newId()));
  }

  async rename(id: string, title: string): Promise<ChangeAnswer> {
    const open = this.#session.find(id);
    if (!open) return this.#files.change(id, (state) => ({ ...state, thread: { ...state.thread, title } }));
    open.dispatch({ kind: 'named', title });
    await open.flush();
    return 'done';
  }

  async pin(id: string, isPinned: boolean): Promise<ChangeAnswer> {
    const open = this.#session.find(id);
    if (!open) return this.#files.change(id, (state) => ({ ...state, isPinned }));
    open.dispatch({ kind: 'change', change: { isPinned } });
    await open.flush();
    return 'done';
  }

  /** For a day `restore` brings it back. In the place of the one that is shown a new one begins. */
  async delete(id: string): Promise<ChangeAnswer> {
    await this.#parts.end(id);
    if (this.#session.state.thread.session === id) {
      this.#parts.leave();
      const session = this.#parts.newId();
      this.#replaced.set(session, id);
      this.#session.dispatch({ kind: 'newChat', session });
      await this.#session.flush();
    }
    await this.#session.find(id)?.close();
    const answer = await this.#files.delete(id, this.#parts.now());
    if (answer === 'done') for (const listener of this.#deletedListeners) listener(id);
    return answer;
  }

  /** Calls `listener` with each chat that is deleted here; the answer ends that. */
  onDidDelete(listener: (id: string) => void): () => void {
    this.#deletedListeners.add(listener);
    return () => this.#deletedListeners.delete(listener);
  }

  /** Brings it back, and shows it again where nothing was said yet in the chat in its place. */
  async restore(id: string): Promise<ChangeAnswer> {
    const answer = await this.#files.restore(id);
    const { state } = this.#session;
    if (answer === 'done' && isEmpty(state) && this.#replaced.get(state.thread.session) === id) await this.show(id);
    return answer;
  }

  async #arrived(answer: ShowAnswer): Promise<ShowAnswer> {
    if (answer === 'shown') await this.#parts.arrive();
    return answer;
  }
}

export interface HistoryParts {
  readonly now: () => Date;
  readonly newId: () => string;
  /** Another conversation is about to be shown. */
  readonly leave: () => void;
  /** Stops what runs in a conversation, and resolves once that is over. */
  readonly end: (id: string) => Promise<void>;
  /** Sees to what a window that is gone left behind in the conversation that is shown now. */
  readonly arrive: () => Promise<void>;
}
