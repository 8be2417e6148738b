import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { mergedPrice } from '../../src/core/mergedPrice.ts';
import type { Composer } from '../../src/protocol/chat.ts';
import { button } from '../components/button.ts';
import { iconButton } from '../components/iconButton.ts';
import { LightElement } from '../components/lightElement.ts';
import { linkButton } from '../components/linkButton.ts';
import type { Ask } from './ask.ts';
import { batchWords } from './batchWords.ts';
import { draftPrice } from './draftPrice.ts';
import { textDirection } from './textDirection.ts';
import { priceView } from './waitingView.ts';

type Request = Composer['batch'][number];

/** The requests that are collected to be sent as one message, each to be moved, edited or dropped. */
export class BatchTray extends LightElement {
  static override properties = {
    composer: { attribute: false },
    editing: { state: true },
    cleared: { state: true },
  };
  declare composer: Composer;
  declare ask: Ask;
  /** The id of the request that is being edited. */
  declare editing: string | null;
  /** What Clear took away, until something is collected again. */
  declare cleared: readonly Request[];
  #focusNext = '';

  constructor() {
    super();
    this.editing = null;
    this.cleared = [];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('composer');
    if (before?.batch.length === 0 && this.composer.batch.length > 0) this.cleared = [];
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.#focusNext === '' || !(changed.has('composer') || changed.has('editing'))) return;
    const next = this.querySelector<HTMLElement>(this.#focusNext);
    next?.focus();
    if (next) this.#focusNext = '';
  }

  protected override render(): TemplateResult | typeof nothing {
    const { batch } = this.composer;
    if (batch.length > 0) return this.#tray(batch);
    if (this.cleared.length === 0) return nothing;
    return html`<div class="tray tray-head" role="status">
      <span>${batchWords.cleared}</span> ${linkButton(batchWords.undo, () => {
        this.#set(this.cleared);
      })}
    </div>`;
  }

  #tray(batch: readonly Request[]): TemplateResult {
    return html`<section class="tray" aria-label=${batchWords.batch}>
      <div class="tray-head">
        <span>${batchWords.title(batch.length)}</span>
        ${linkButton(batchWords.clear, () => {
          this.#set([]);
          this.cleared = batch;
        })}
      </div>
      <ul>
        ${repeat(
          batch,
          ({ id }) => id,
          (request, index) =>
            html`<li class="tray-line" data-id=${request.id}>
              ${request.id === this.editing ? this.#editor(request) : this.#line(request, index)}
            </li>`,
        )}
      </ul>
      <div class="tray-foot">
        <span class="tray-sum">${this.#sum(batch)}</span>
        ${button(
          batchWords.send,
          () => {
            this.ask((extension) => extension.sendBatch());
          },
          { primary: true, disabled: this.editing !== null },
        )}
      </div>
    </section>`;
  }

  #line(request: Request, index: number): TemplateResult {
    const { text, free } = request;
    const last = this.composer.batch.length - 1;
    return html`<span class="tray-text" title=${text}>${text}</span>
      ${free ? html`<span class="tray-price">${batchWords.free}</span>` : priceView(this.composer, text)}
      <span class="tray-actions">
        ${iconButton('arrow-up', batchWords.up(text), () => {
          if (index > 0) this.#move(index, index - 1, 'up');
        })}
        ${iconButton('arrow-down', batchWords.down(text), () => {
          if (index < last) this.#move(index, index + 1, 'down');
        })}
        ${iconButton('edit', batchWords.edit(text), () => {
          this.#focusNext = 'textarea';
          this.editing = request.id;
        })}
        ${iconButton('close', batchWords.drop(text), () => {
          this.#set(this.composer.batch.filter((each) => each !== request));
        })}
      </span>`;
  }

  #editor({ id, text }: Request): TemplateResult {
    const finish = (save: boolean): void => {
      const words = this.querySelector('textarea')?.value.trim() ?? '';
      this.editing = null;
      this.#focusNext = `[data-id="${CSS.escape(id)}"] button`;
      if (!save || words === text) return;
      const others = this.composer.batch.filter((each) => each.id !== id || words !== '');
      this.#set(others.map((each) => (each.id === id ? { ...each, text: words } : each)));
    };
    const onKey = (event: KeyboardEvent): void => {
      const saves = event.key === 'Enter' && !event.shiftKey && !event.isComposing;
      if (!saves && event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      finish(saves);
    };
    return html`<textarea
        class="tray-editor"
        rows="2"
        aria-label=${batchWords.request}
        dir=${textDirection(text)}
        .value=${text}
        @keydown=${onKey}
      ></textarea>
      <span class="tray-actions">
        ${iconButton('check', batchWords.save, () => {
          finish(true);
        })}
        ${iconButton('discard', batchWords.cancel, () => {
          finish(false);
        })}
      </span>`;
  }

  /** One price against the sum of many; what is free is in neither. */
  #sum(batch: readonly Request[]): string {
    const paid = batch.filter(({ free }) => !free);
    if (paid.length === 0) return batchWords.allFree;
    const prices = paid.map(({ text }) => draftPrice(this.composer, text)).filter((price) => price !== null);
    if (prices.length < paid.length) return '';
    const { together, apart } = mergedPrice(prices);
    return prices.length === 1 ? batchWords.one(together) : batchWords.several(together, apart);
  }

  #move(from: number, to: number, way: 'up' | 'down'): void {
    const batch = [...this.composer.batch];
    const [moved] = batch.splice(from, 1);
    if (!moved) return;
    batch.splice(to, 0, moved);
    // The list comes back from the extension; the button that was pressed has moved with its line.
    this.#focusNext = `[data-id="${CSS.escape(moved.id)}"] button:has(.codicon-arrow-${way})`;
    this.#set(batch);
  }

  #set(batch: readonly Request[]): void {
    this.ask((extension) => extension.setBatch(batch.map(({ id, text }) => ({ id, text }))));
  }
}
