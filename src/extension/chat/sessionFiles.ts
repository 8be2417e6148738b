import { ChatState } from './chatState.ts';
import type { StateFiles } from './stateFiles.ts';

/**
 * The sessions of a workspace, each in a file of its own. Only the window that holds a session writes its file, so that
 * no window ever overwrites what was said in another.
 */
export class SessionFiles {
  readonly #files: StateFiles;

  constructor(files: StateFiles) {
    this.#files = files;
  }

  /** Takes a session, also one that is yet to be written; null if another window has it. */
  async hold(id: string): Promise<HeldSession | null> {
    const release = await this.#files.lock(`${FOLDER}/${id}.lock`);
    return release && new HeldSession(this.#files, id, release);
  }

  /** The sessions that a window shows, or showed until it was gone, the latest first. */
  async shown(): Promise<string[]> {
    const listed = await this.#files.list(FOLDER);
    const marks = listed.filter(({ name }) => name.endsWith(MARK)).sort((a, b) => b.modifiedAt - a.modifiedAt);
    return marks.map(({ name }) => name.slice(0, -MARK.length));
  }

  /** A session as it was last written, by whatever window. */
  async read(id: string): Promise<ReadSession> {
    const text = await this.#files.read(fileOf(id));
    if (text === null) return { kind: 'missing' };
    const state = readState(text);
    return state ? { kind: 'state', state } : { kind: 'damaged', text };
  }

  /** Puts a file that cannot be read beside the others; answers its name. */
  async keepDamaged(id: string, text: string): Promise<string> {
    const name = `${id}.damaged.json`;
    await this.#files.write(name, text);
    return name;
  }
}

/** The right to write one session; until it is released no other window has it. */
export class HeldSession {
  readonly id: string;
  readonly #files: StateFiles;
  readonly #release: () => void;

  constructor(files: StateFiles, id: string, release: () => void) {
    this.#files = files;
    this.id = id;
    this.#release = release;
  }

  write(state: ChatState): Promise<void> {
    return this.#files.write(fileOf(this.id), JSON.stringify(state));
  }

  remove(): Promise<void> {
    return this.#files.remove(fileOf(this.id));
  }

  /** A window shows it from now on: it comes back when the window does. */
  markShown(): Promise<void> {
    return this.#files.write(`${FOLDER}/${this.id}${MARK}`, '');
  }

  unmarkShown(): Promise<void> {
    return this.#files.remove(`${FOLDER}/${this.id}${MARK}`);
  }

  release(): void {
    this.#release();
  }
}

export type ReadSession =
  | { readonly kind: 'state'; readonly state: ChatState }
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged'; readonly text: string };

const FOLDER = 'sessions';
const MARK = '.shown';

function fileOf(id: string): string {
  return `${FOLDER}/${id}.json`;
}

function readState(text: string): ChatState | null {
  try {
    return ChatState.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
