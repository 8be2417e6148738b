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

  /** All sessions, whichever window has them. */
  async ids(): Promise<string[]> {
    const listed = await this.#files.list(FOLDER);
    return listed.filter(({ name }) => name.endsWith(END)).map(({ name }) => name.slice(0, -END.length));
  }

  /** A session as it was last written, by whatever window. */
  async read(id: string): Promise<ReadSession> {
    const text = await this.#files.read(fileOf(id));
    if (text === null) return { kind: 'missing' };
    const state = readState(text);
    return state ? { kind: 'state', state } : { kind: 'damaged', text };
  }

  /** Changes a session that no other window has. */
  async change(id: string, change: (state: ChatState) => ChatState): Promise<ChangeAnswer> {
    const held = await this.hold(id);
    if (!held) return 'elsewhere';
    try {
      const read = await this.read(id);
      if (read.kind !== 'state') return read.kind;
      await held.write(change(read.state));
      return 'done';
    } finally {
      held.release();
    }
  }

  /** Puts a session that no other window has aside, for a day. */
  async delete(id: string, now: Date): Promise<ChangeAnswer> {
    const held = await this.hold(id);
    if (!held) return 'elsewhere';
    try {
      const text = await this.#files.read(fileOf(id));
      if (text === null) return 'missing';
      await this.#files.write(`${DELETED}/${id}.json`, text);
      await held.remove();
    } finally {
      held.release();
    }
    await this.#forgetDeleted(now.getTime() - DELETED_KEPT_MS);
    return 'done';
  }

  /** Brings back a session that was deleted. */
  async restore(id: string): Promise<ChangeAnswer> {
    const text = await this.#files.read(`${DELETED}/${id}.json`);
    if (text === null) return 'missing';
    await this.#files.write(fileOf(id), text);
    await this.#files.remove(`${DELETED}/${id}.json`);
    return 'done';
  }

  async #forgetDeleted(before: number): Promise<void> {
    for (const { name, modifiedAt } of await this.#files.list(DELETED))
      if (modifiedAt < before) await this.#files.remove(`${DELETED}/${name}`);
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

/** `elsewhere`: another window has it, and nothing was changed. */
export type ChangeAnswer = 'done' | 'elsewhere' | 'missing' | 'damaged';

const FOLDER = 'sessions';
const DELETED = 'deleted';
/** Long enough for an Undo that comes after a night's sleep. */
const DELETED_KEPT_MS = 24 * 60 * 60 * 1000;
const MARK = '.shown';
const END = '.json';

function fileOf(id: string): string {
  return `${FOLDER}/${id}${END}`;
}

function readState(text: string): ChatState | null {
  try {
    return ChatState.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
