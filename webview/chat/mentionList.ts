import { html, nothing, type TemplateResult } from 'lit';
import type { Mention } from '../../src/protocol/mention.ts';
import { icon } from '../components/icon.ts';
import { LightElement } from '../components/lightElement.ts';
import { contextWords } from './contextWords.ts';
import { mentionAt, type MentionToken } from './mentionToken.ts';

/** What an `@` that is being typed can stand for, above the text. The keys stay with the text; it asks here first. */
export class MentionList extends LightElement {
  static override properties = {
    found: { state: true },
    active: { state: true },
  };
  declare found: readonly Mention[];
  declare active: number;
  /** What the extension knows for the letters after the `@`. */
  declare find: (query: string) => Promise<readonly Mention[]>;
  /** One was chosen; the token in the text has done its work. */
  declare choose: (mention: Mention, token: MentionToken) => void;
  /** Says which one is active, for the text's own `aria-activedescendant`; null if the list is closed. */
  declare tell: (option: string | null) => void;
  #token: MentionToken | null = null;

  constructor() {
    super();
    this.found = [];
    this.active = 0;
  }

  /** The text or its caret changed. */
  look(text: string, caret: number): void {
    const token = mentionAt(text, caret);
    if (token === null) return this.close();
    this.#token = token;
    void this.find(token.query).then((found) => {
      if (this.#token !== token) return;
      this.found = found;
      this.active = 0;
      this.#tellActive();
    });
  }

  close(): void {
    this.#token = null;
    this.found = [];
    this.#tellActive();
  }

  /** Whether the key was for the list. */
  handles({ key, isComposing }: KeyboardEvent): boolean {
    if (isComposing || this.found.length === 0) return false;
    switch (key) {
      case 'ArrowDown':
        this.#move(1);
        return true;
      case 'ArrowUp':
        this.#move(-1);
        return true;
      case 'Enter':
      case 'Tab':
        this.#choose(this.found[this.active]);
        return true;
      case 'Escape':
        this.close();
        return true;
      default:
        return false;
    }
  }

  protected override updated(): void {
    this.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.found.length === 0) return nothing;
    return html`<ul class="mentions" role="listbox" aria-label=${contextWords.mentions}>
      ${this.found.map(
        (mention, at) =>
          html`<li
            id=${optionId(at)}
            role="option"
            aria-selected=${at === this.active}
            @mousedown=${(event: Event) => {
              // The focus stays in the text.
              event.preventDefault();
              this.#choose(mention);
            }}
          >
            ${icon(icons[mention.kind])}<span>${contextWords.mention(mention)}</span>
          </li>`,
      )}
    </ul>`;
  }

  #move(by: number): void {
    this.active = (this.active + by + this.found.length) % this.found.length;
    this.#tellActive();
  }

  #choose(mention: Mention | undefined): void {
    const token = this.#token;
    this.close();
    if (mention !== undefined && token !== null) this.choose(mention, token);
  }

  #tellActive(): void {
    this.tell(this.found.length === 0 ? null : optionId(this.active));
  }
}

const icons: Readonly<Record<Mention['kind'], string>> = {
  file: 'file',
  folder: 'folder',
  selection: 'selection',
  problems: 'warning',
};

function optionId(at: number): string {
  return `mention-${String(at)}`;
}
