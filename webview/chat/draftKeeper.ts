import * as z from 'zod/mini';
import type { Delay } from './delay.ts';

/**
 * Keeps the draft: at every key in the editor's own state of this page, which survives a reload, and a moment later
 * with the extension, which survives everything. Also tells what the extension means when it sends another draft.
 */
export class DraftKeeper {
  readonly #delay: Delay;
  readonly #store: DraftStore;
  #text = '';
  #saved = '';
  #told = '';
  /** What was saved of this draft lately: a snapshot under way may still show any of it. */
  #saves: string[] = [];

  constructor(delay: Delay, store: DraftStore) {
    this.#delay = delay;
    this.#store = store;
  }

  /** The draft to begin with: the extension's, unless this page had typed on from that very draft. */
  open(told: string): string {
    const kept = KeptDraft.safeParse(this.#store.read());
    const typedOn = kept.success && (told === kept.data.saved || told === kept.data.told);
    this.#told = told;
    this.#saved = told;
    this.#text = typedOn ? kept.data.text : told;
    if (this.#text !== this.#saved) this.#later();
    return this.#text;
  }

  /** The person changed the draft. */
  type(text: string): void {
    this.#text = text;
    this.#keep();
    this.#later();
  }

  /**
   * The extension's draft changed: the new text if it means it (a rolled-back prompt), `null` for an echo of what we
   * saved.
   */
  hear(told: string): string | null {
    const news = told !== this.#told && told !== this.#saved && !this.#saves.includes(told);
    this.#told = told;
    if (!news) return null;
    this.#delay.cancel();
    this.#settle(told);
    return told;
  }

  /** The message was taken or done: the draft is empty, for both. */
  clear(): void {
    this.#delay.cancel();
    this.#settle('');
    this.#told = '';
    this.#save();
    this.#saves = [];
  }

  /** Saves at once, for a page that is about to go. */
  flush(): void {
    this.#delay.cancel();
    if (this.#text !== this.#saved) this.#save();
  }

  #later(): void {
    this.#delay.start(SAVE_AFTER_MILLISECONDS, () => {
      this.#save();
    });
  }

  #settle(text: string): void {
    this.#text = text;
    this.#saved = text;
    this.#saves = [];
    this.#keep();
  }

  #save(): void {
    const text = this.#text;
    this.#saved = text;
    this.#saves = [...this.#saves, text].slice(-SAVES_REMEMBERED);
    this.#keep();
    this.#store.save(text).then(
      () => {
        this.#told = text;
        this.#keep();
      },
      // A draft that could not be saved is still in the editor's own state, and the next key saves again.
      () => undefined,
    );
  }

  #keep(): void {
    this.#store.keep({ text: this.#text, saved: this.#saved, told: this.#told });
  }
}

export interface DraftStore {
  /** What `keep` was last given, also before a reload. */
  read(): unknown;
  keep(draft: KeptDraft): void;
  save(text: string): Promise<unknown>;
}

/** Often enough that a crash of the editor costs a word, seldom enough not to write at every key. */
const SAVE_AFTER_MILLISECONDS = 400;
/** A snapshot is never more than a round trip old, which is one save; a few more cost nothing. */
const SAVES_REMEMBERED = 5;

const KeptDraft = z.object({ text: z.string(), saved: z.string(), told: z.string() });
type KeptDraft = z.infer<typeof KeptDraft>;
