import { html, nothing, type TemplateResult } from 'lit';
import type { ExtensionCalls } from '../../src/protocol/chat.ts';
import { icon } from '../components/icon.ts';
import { LightElement } from '../components/lightElement.ts';
import type { Ask } from './ask.ts';
import { words } from './words.ts';

/** The chat's title, which opens a menu of what can be done with the chat. */
export class SessionMenu extends LightElement {
  static override properties = {
    chatTitle: { attribute: false },
    isEmpty: { attribute: false },
    isOpen: { state: true },
  };
  declare chatTitle: string;
  /** Nothing was said yet: there is nothing to rename, pin, export or delete. */
  declare isEmpty: boolean;
  declare ask: Ask;
  declare isOpen: boolean;

  constructor() {
    super();
    this.chatTitle = '';
    this.isEmpty = true;
    this.isOpen = false;
  }

  protected override firstUpdated(): void {
    this.addEventListener('focusout', (event) => {
      if (!(event.relatedTarget instanceof Node && this.contains(event.relatedTarget))) this.isOpen = false;
    });
    this.addEventListener('keydown', (event) => {
      this.#onKey(event);
    });
  }

  protected override render(): TemplateResult {
    const title = this.chatTitle === '' ? words.untitled : this.chatTitle;
    if (this.isEmpty) return html`<h1 title=${title}>${title}</h1>`;
    return html`<h1 title=${title}>
        <button
          type="button"
          class="session-title"
          aria-haspopup="menu"
          aria-expanded=${this.isOpen}
          @click=${() => void this.#toggle()}
        >
          <span>${title}</span>${icon('chevron-down')}
        </button>
      </h1>
      ${this.isOpen ? this.#menuView() : nothing}`;
  }

  #menuView(): TemplateResult {
    return html`<div class="menu" role="menu" aria-label=${words.chatMenu}>
      ${items.map(
        ([label, call]) =>
          html`<button
            type="button"
            role="menuitem"
            tabindex="-1"
            @click=${() => {
              this.#close();
              this.ask((extension) => extension[call]());
            }}
          >
            ${label}
          </button>`,
      )}
    </div>`;
  }

  get #buttons(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[role=menuitem]')];
  }

  async #toggle(): Promise<void> {
    this.isOpen = !this.isOpen;
    await this.updateComplete;
    this.#buttons[0]?.focus();
  }

  #close(): void {
    this.isOpen = false;
    this.querySelector<HTMLElement>('.session-title')?.focus();
  }

  #onKey(event: KeyboardEvent): void {
    if (!this.isOpen) return;
    const buttons = this.#buttons;
    const at = buttons.findIndex((button) => button === document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1 + buttons.length, Home: 0, End: buttons.length - 1 }[event.key];
    if (next !== undefined) buttons[next % buttons.length]?.focus();
    else if (event.key === 'Escape') this.#close();
    else return;
    event.preventDefault();
  }
}

type MenuCall = keyof Pick<ExtensionCalls, 'renameChat' | 'pinChat' | 'exportChat' | 'deleteChat'>;

const items: readonly (readonly [string, MenuCall])[] = [
  [words.renameChat, 'renameChat'],
  [words.pinChat, 'pinChat'],
  [words.exportChat, 'exportChat'],
  [words.deleteChat, 'deleteChat'],
];
