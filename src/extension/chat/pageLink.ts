import type { Composer, Message, PageCalls, Status } from '../../protocol/chat.ts';
import type { ChatSession } from './chatSession.ts';
import type { ChatAction } from './chatReducer.ts';
import type { ChatState } from './chatState.ts';

/** Text arrives faster than a page can draw: it is passed on in pieces, at the pace of a screen. */
const DELTA_EVERY_MS = 30;
/** The state around the conversation changes in bursts; the page is told of each burst once. */
const SNAPSHOT_EVERY_MS = 20;

/**
 * Keeps one page up to date with the conversation: snapshots when something changed, and generated text as it streams.
 */
export class PageLink {
  readonly #page: PageCalls;
  readonly #snapshots: { status(): Status; composer(): Composer };
  readonly #unlisten: () => void;
  readonly #deltas = new Map<string, string>();
  readonly #due = new Set<'status' | 'composer'>();
  #deltaTimer: NodeJS.Timeout | undefined;
  #snapshotTimer: NodeJS.Timeout | undefined;

  constructor(page: PageCalls, session: ChatSession, snapshots: { status(): Status; composer(): Composer }) {
    this.#page = page;
    this.#snapshots = snapshots;
    this.#unlisten = session.onDidChange((before, after, action) => this.#follow(before, after, action));
  }

  statusChanged(): void {
    this.#soon('status');
  }

  composerChanged(): void {
    this.#soon('composer');
  }

  focus(): void {
    this.#page.focus();
  }

  dispose(): void {
    this.#unlisten();
    clearTimeout(this.#deltaTimer);
    clearTimeout(this.#snapshotTimer);
  }

  #follow(before: ChatState, after: ChatState, action: ChatAction): void {
    if (action.kind === 'text') return this.#streamed(action.generation, action.text);
    // The page said it itself.
    if (action.kind === 'placed') return;
    if (before.thread !== after.thread) this.#sendThread(before, after);
    if (before.banner !== after.banner || before.thread !== after.thread) this.statusChanged();
    const composing =
      before.draft !== after.draft ||
      before.mode !== after.mode ||
      before.editing !== after.editing ||
      before.attachments !== after.attachments ||
      before.waiting !== after.waiting ||
      before.batch !== after.batch;
    if (composing) this.composerChanged();
  }

  #sendThread(before: ChatState, after: ChatState): void {
    // Text that waits is in these messages already; it goes before them for those who listen to it. So does the state:
    // who sees the end of an answer may send the next message.
    this.#sendDeltas();
    if (this.#due.delete('status')) this.#page.status(this.#snapshots.status());
    const kept = new Set(after.thread.messages.map(keyOf));
    const lost = before.thread.messages.some((message) => !kept.has(keyOf(message)));
    if (lost || before.thread.session !== after.thread.session || before.thread.title !== after.thread.title) {
      return this.#page.thread(after.thread);
    }
    const known = new Set(before.thread.messages);
    for (const message of after.thread.messages) {
      if (known.has(message)) continue;
      this.#page.message(message);
    }
  }

  #streamed(message: string, text: string): void {
    this.#deltas.set(message, (this.#deltas.get(message) ?? '') + text);
    this.#deltaTimer ??= setTimeout(() => {
      this.#sendDeltas();
    }, DELTA_EVERY_MS);
  }

  #sendDeltas(): void {
    clearTimeout(this.#deltaTimer);
    this.#deltaTimer = undefined;
    for (const [id, waiting] of this.#deltas) this.#page.delta({ message: id, text: waiting });
    this.#deltas.clear();
  }

  #soon(snapshot: 'status' | 'composer'): void {
    this.#due.add(snapshot);
    this.#snapshotTimer ??= setTimeout(() => {
      this.#snapshotTimer = undefined;
      if (this.#due.delete('status')) this.#page.status(this.#snapshots.status());
      if (this.#due.delete('composer')) this.#page.composer(this.#snapshots.composer());
    }, SNAPSHOT_EVERY_MS);
  }
}

function keyOf({ role, id }: Message): string {
  return `${role} ${id}`;
}
