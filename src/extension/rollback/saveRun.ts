/**
 * Tells what runs at the save of one document, such as a formatter, from what its person did before it. The editor says
 * of neither who it was, and changes what it formats before it says that it saves. Times are in milliseconds.
 */
export class SaveRun {
  #text: string;
  /** What may be the save's own: the latest changes that nobody typed, and the text before each. */
  #changes: NoticedChange[] = [];
  #personAt = -Infinity;

  /** `text` is what the document shows now. */
  constructor(text: string) {
    this.#text = text;
  }

  /**
   * The text became another; `isPersons` if it is known to be the person's, as an Undo is; `isKey` if it may have been
   * a single key: of what extensions type for the person, no caret tells.
   */
  changed(text: string, { at, isPersons, isKey }: ChangeSigns): void {
    if (text === this.#text) return;
    this.#changes = this.#changes.filter((change) => change.at >= at - ACTIONS_MS);
    this.#changes.push({ at, before: this.#text, isKey });
    this.#text = text;
    if (isPersons || at - this.#personAt <= TOGETHER_MS) this.#changes = [];
  }

  /** The caret went along with keys or the mouse: what has just changed, or is about to, is the person's. */
  moved(at: number): void {
    this.#personAt = at;
    this.#changes = [];
  }

  /** The document is about to be saved, and `ran` is what the person has had run before that. */
  saving(at: number, ran: RunBeforeSave): void {
    const together = at - TOGETHER_MS;
    const lastKey = this.#changes.findLastIndex((change) => change.isKey && change.at < together);
    const earliest = { nothing: Infinity, formatter: together, actions: at - ACTIONS_MS }[ran];
    this.#changes = this.#changes.slice(lastKey + 1).filter((change) => change.at >= earliest);
  }

  /** What ran at the save that is done has made of the text; null if nothing did. */
  saved(): { readonly from: string; readonly to: string } | null {
    const from = this.#changes[0]?.before ?? this.#text;
    this.#changes = [];
    return from === this.#text ? null : { from, to: this.#text };
  }
}

/** `actions` are those on save, such as organising imports, and a formatter after them. */
export type RunBeforeSave = 'nothing' | 'formatter' | 'actions';

interface NoticedChange {
  readonly at: number;
  readonly before: string;
  readonly isKey: boolean;
}

interface ChangeSigns {
  readonly at: number;
  readonly isPersons: boolean;
  readonly isKey: boolean;
}

/** The editor formats, and says that it saves, in one go; so it does with a key and its caret. Nobody types faster. */
const TOGETHER_MS = 30;
/** How long VS Code gives the actions and the formatter of a save together, before it saves without them. */
const ACTIONS_MS = 1_500;
