import * as z from 'zod/mini';

/**
 * Keeps the draft at every key: with the extension, which survives everything, and in the editor's own state of this
 * page, which an editor in a browser forgets when it is reloaded. Also tells what the extension means when it sends
 * another draft.
 */
export class DraftKeeper {
  readonly #store: DraftStore;
  #text = '';
  /** What was last given to the extension. */
  #saved = '';
  /** What the extension is known to have. */
  #told = '';
  /** Texts that were given to the extension and are not yet taken. */
  readonly #underWay = new Set<{ readonly length: number }>();

  constructor(store: DraftStore) {
    this.#store = store;
  }

  /** The draft to begin with: the extension's, unless this page had typed on from that very draft. */
  open(told: string): string {
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
   * The extension's draft came: the new text if it means it (a rolled-back prompt, another conversation), else `null`.
   * It hears and answers in order: while a save of ours is under way, what it tells is older than what stands here.
   */
  hear(told: string): string | null {
    if (this.#underWay.size > 0 || told === this.#told) return null;
    this.#settle(told);
    return told;
  }

  /**
   * The extension took `sent` out of its composer itself. The text that stands there now: none, unless it has told of
   * another one already.
   */
  taken(sent: string): string {
    if (this.#text === sent) this.#settle('');
    return this.#text;
  }

  /** What the draft asked for was done: it is empty, for both. */
  clear(): void {
    this.#text = '';
    this.#save();
  }

  /** Saves at once, for a page that is about to go. */
  flush(): void {
    if (this.#text !== this.#saved) this.#save();
  }

  /** At once; only a long draft waits until the one before it was taken. */
  #saveSoon(): void {
    const underWay = [...this.#underWay].reduce((sum, { length }) => sum + length, 0);
    const fits = underWay === 0 || underWay + this.#text.length <= MOST_UNDER_WAY;
    if (fits && this.#text !== this.#saved) this.#save();
  }

  #settle(text: string): void {
    this.#text = text;
    this.#saved = text;
    this.#told = text;
    this.#keep();
  }

  #save(): void {
    const text = this.#text;
    const saving = { length: text.length };
    this.#saved = text;
    this.#keep();
    this.#underWay.add(saving);
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
        this.#underWay.delete(saving);
        this.#saveSoon();
      });
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

/** In characters: what a line to the extension carries without a pause that a person could feel. */
const MOST_UNDER_WAY = 100_000;

const KeptDraft = z.object({ text: z.string(), saved: z.string(), told: z.string() });
type KeptDraft = z.infer<typeof KeptDraft>;
