import * as z from 'zod/mini';

/**
 * Keeps the draft at every key: with the extension, which survives everything, and in the editor's own state of this
 * page, which an editor in a browser forgets when it is reloaded. Also tells what the extension means when it sends
 * another draft.
 */
export class DraftKeeper {
  readonly #store: DraftStore;
  #session = '';
  #text = '';
  #saved = '';
  #told = '';
  /** Characters that were given to the extension and are not yet taken. */
  #underWay = 0;
  /** What was saved of this draft lately: a snapshot under way may still show any of it. */
  #saves: string[] = [];

  constructor(store: DraftStore) {
    this.#store = store;
  }

  /** The draft to begin with: the extension's, unless this page had typed on from that very draft. */
  open({ session, draft: told }: ToldDraft): string {
    this.#session = session;
    const kept = KeptDraft.safeParse(this.#store.read());
    const typedOn = kept.success && (told === kept.data.saved || told === kept.data.told);
    this.#told = told;
    this.#saved = told;
    this.#text = typedOn ? kept.data.text : told;
    this.#saveSoon();
    return this.#text;
  }

  /** The person changed the draft. */
  type(text: string): void {
    this.#text = text;
    this.#keep();
    this.#saveSoon();
  }

  /**
   * The extension's draft changed: the new text if it means it (a rolled-back prompt, another conversation), `null` for
   * an echo of what we saved.
   */
  hear({ session, draft: told }: ToldDraft): string | null {
    // Where another conversation has no draft, that is no echo of a box that was just emptied.
    const isOther = session !== this.#session && told === '';
    const news = isOther || (told !== this.#told && told !== this.#saved && !this.#saves.includes(told));
    this.#session = session;
    this.#told = told;
    if (!news) return null;
    this.#settle(told);
    return told;
  }

  /** The message was taken or done: the draft is empty, for both. */
  clear(): void {
    this.#settle('');
    this.#told = '';
    this.#save();
    this.#saves = [];
  }

  /** Saves at once, for a page that is about to go. */
  flush(): void {
    if (this.#text !== this.#saved) this.#save();
  }

  /** At once; only a long draft waits until the one before it was taken. */
  #saveSoon(): void {
    const fits = this.#underWay === 0 || this.#underWay + this.#text.length <= MOST_UNDER_WAY;
    if (fits && this.#text !== this.#saved) this.#save();
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
    this.#saves = latest([...this.#saves, text]);
    this.#keep();
    this.#underWay += text.length;
    this.#store
      .save(text)
      .then(
        () => {
          this.#told = text;
          this.#keep();
        },
        // A draft that could not be saved is still in the editor's own state, and the next key saves again.
        () => undefined,
      )
      .finally(() => {
        this.#underWay -= text.length;
        this.#saveSoon();
      });
  }

  #keep(): void {
    this.#store.keep({ text: this.#text, saved: this.#saved, told: this.#told });
  }
}

/** The draft of a conversation, as the extension has it. */
export interface ToldDraft {
  readonly session: string;
  readonly draft: string;
}

export interface DraftStore {
  /** What `keep` was last given, also before a reload. */
  read(): unknown;
  keep(draft: KeptDraft): void;
  save(text: string): Promise<unknown>;
}

/** In characters: what a line to the extension carries without a pause that a person could feel. */
const MOST_UNDER_WAY = 100_000;
/** A snapshot is never more than a few round trips old: as many saves as that, however long, else by their length. */
const SAVES_REMEMBERED = 5;

function latest(saves: readonly string[]): string[] {
  let length = 0;
  const first = saves.findLastIndex((text, index) => {
    length += text.length;
    return length > MOST_UNDER_WAY && saves.length - index > SAVES_REMEMBERED;
  });
  return saves.slice(first + 1);
}

const KeptDraft = z.object({ text: z.string(), saved: z.string(), told: z.string() });
type KeptDraft = z.infer<typeof KeptDraft>;
