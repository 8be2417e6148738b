import { chatReducer, type ChatAction } from './chatReducer.ts';
import type { ChatState } from './chatState.ts';
import { SessionFiles } from './sessionFiles.ts';
import type { StateFiles } from './stateFiles.ts';

/** The answers of conversations that no window shows, found by their generation's id. */
export class ArchivedAnswers {
  readonly #files: SessionFiles;

  constructor(files: StateFiles) {
    this.#files = new SessionFiles(files);
  }

  /** The conversation that a generation was said in; null if there is none any more. */
  async find(generation: string): Promise<ChatState | null> {
    for (const id of await this.#files.ids()) {
      const read = await this.#files.read(id);
      if (read.kind === 'state' && read.state.runs[generation]) return read.state;
    }
    return null;
  }

  /** Changes the conversation of a generation in its file, unless a window has it. */
  async dispatch(generation: string, ...actions: readonly ChatAction[]): Promise<void> {
    const found = await this.find(generation);
    if (found) await this.#files.change(found.thread.session, (state) => actions.reduce(chatReducer, state));
  }
}
