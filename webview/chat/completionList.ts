import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../components/icon.ts';
import { LightElement } from '../components/lightElement.ts';
import type { Completion, CompletionSource } from './completion.ts';
import type { CompletionToken } from './completionToken.ts';

/** What is being typed can stand for one of these, above the text. The keys stay with the text; it asks here first. */
export class CompletionList extends LightElement {
  static override properties = {
    found: { state: true },
    active: { state: true },
  };
  declare found: readonly Completion[];
  declare active: number;
  /** The first that knows what is being typed is asked. */
  declare sources: readonly CompletionSource[];
  /** One was chosen; the token in the text has done its work. */
  declare choose: (completion: Completion, token: CompletionToken) => void;
  /** Says which one is active, for the text's own `aria-activedescendant`; null if the list is closed. */
  declare tell: (option: string | null) => void;
  #token: CompletionToken | null = null;
  #label = '';

  constructor() {
    super();
    this.found = [];
    this.active = 0;
  }

  /** The text or its caret changed. */
  look(text: string, caret: number): void {
    const [asked] = this.sources.flatMap((source) => {
      const token = source.tokenAt(text, caret);
      return token === null ? [] : [{ source, token }];
    });
    if (asked === undefined) return this.close();
    const { source, token } = asked;
    this.#token = token;
    void source.find(token.query).then((found) => {
      if (this.#token !== token) return;
      this.found = found;
      this.#label = source.label;
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
    return html`<ul class="completions" role="listbox" aria-label=${this.#label}>
      ${this.found.map(
        (completion, at) =>
          html`<li
            id=${optionId(at)}
            role="option"
            aria-selected=${at === this.active}
            @mousedown=${(event: Event) => {
              // The focus stays in the text.
              event.preventDefault();
              this.#choose(completion);
            }}
          >
            ${icon(completion.icon)}<span class="label">${completion.label}</span>${detailView(completion)}
          </li>`,
      )}
    </ul>`;
  }

  #move(by: number): void {
    this.active = (this.active + by + this.found.length) % this.found.length;
    this.#tellActive();
  }

  #choose(completion: Completion | undefined): void {
    const token = this.#token;
    this.close();
    if (completion !== undefined && token !== null) this.choose(completion, token);
  }

  #tellActive(): void {
    this.tell(this.found.length === 0 ? null : optionId(this.active));
  }
}

function detailView({ detail }: Completion): TemplateResult | typeof nothing {
  return detail === undefined ? nothing : html`<span class="detail">${detail}</span>`;
}

function optionId(at: number): string {
  return `completion-${String(at)}`;
}
