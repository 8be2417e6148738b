import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { MissingDetail } from '../../src/core/advice.ts';
import type { AdviceKind } from '../../src/protocol/chat.ts';
import { icon } from '../components/icon.ts';
import { iconButton } from '../components/iconButton.ts';
import { LightElement } from '../components/lightElement.ts';
import { linkButton } from '../components/linkButton.ts';
import { detailOf } from './addedDetail.ts';
import { adviceWords } from './adviceWords.ts';
import { batchWords } from './batchWords.ts';
import type { ShownAdvice } from './shownAdvice.ts';
import { words } from './words.ts';

/** One line of advice in reserved height; a press opens the others. */
export class AdviceLine extends LightElement {
  static override properties = {
    advice: { attribute: false },
    draft: { attribute: false },
    busy: { attribute: false },
    open: { state: true },
  };
  declare advice: readonly ShownAdvice[];
  declare draft: string;
  declare busy: boolean;
  declare actions: AdviceActions;
  declare open: boolean;

  constructor() {
    super();
    this.open = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('advice') && this.advice.length < 2) this.open = false;
  }

  protected override render(): TemplateResult | typeof nothing {
    const [first, ...others] = this.advice;
    if (first === undefined) return nothing;
    if (this.open)
      return html`<ul class="advice-list" aria-label=${adviceWords.advice}>
        ${this.advice.map((each) => html`<li>${this.#item(each)}</li>`)}
        <li>${this.#toggle(adviceWords.fewer)}${this.#guide()}</li>
      </ul>`;
    return html`<div class="advice-item" role="group" aria-label=${adviceWords.advice}>
      ${this.#item(first)}${others.length === 0 ? this.#guide() : this.#toggle(adviceWords.others(others.length))}
    </div>`;
  }

  #item(advice: ShownAdvice): TemplateResult {
    const title = adviceWords.title(advice, this.draft);
    const reason = adviceWords.reason(advice);
    return html`${icon('sparkle')}<span class="advice-text" title=${`${title} ${reason}`}
        >${title} <span class="aside">${reason}</span></span
      ><span class="advice-action">${this.#action(advice)}</span> ${iconButton('close', adviceWords.dismiss, () => {
        this.actions.dismiss(advice.kind);
      })}`;
  }

  #action(advice: ShownAdvice): unknown {
    const { actions, busy } = this;
    switch (advice.kind) {
      case 'edit-for-free':
        return this.#freeEdit(advice);
      case 'batch':
        return linkButton(
          batchWords.add,
          () => {
            actions.addToBatch();
          },
          { title: batchWords.addHint, disabled: busy },
        );
      case 'roll-back':
        return this.#rollBackOrFix(advice);
      case 'start-fresh':
        return linkButton(
          adviceWords.startFresh,
          () => {
            actions.startFresh();
          },
          { title: adviceWords.startFreshHint, disabled: busy },
        );
      case 'add-detail':
        return advice.missing.map((missing) => this.#chip(missing));
      case 'low-balance':
        return linkButton(words.upgrade, () => {
          actions.upgrade();
        });
    }
  }

  #freeEdit({ offer }: Extract<ShownAdvice, { kind: 'edit-for-free' }>): unknown {
    const doIt = (label: string, candidate: number | null, title = ''): TemplateResult =>
      linkButton(
        label,
        () => {
          this.actions.doFree(candidate);
        },
        { title, disabled: this.busy },
      );
    if (offer.kind === 'edit') return doIt(words.doItFree, null, words.doItFreeHint);
    return offer.candidates.map(({ id, label, path, line }) =>
      this.#revealing(id, doIt(words.candidate(label, path, line), id)),
    );
  }

  /** The place is shown in the editor while the pointer or the focus is on it. */
  #revealing(candidate: number, button: TemplateResult): TemplateResult {
    const show = (shown: number | null) => (): void => {
      this.actions.reveal(shown);
    };
    return html`<span
      @pointerenter=${show(candidate)}
      @pointerleave=${show(null)}
      @focusin=${show(candidate)}
      @focusout=${show(null)}
      >${button}</span
    >`;
  }

  /** Both ways with their prices, the cheaper first; without receipts of fixes the one that is free. */
  #rollBackOrFix(advice: Extract<ShownAdvice, { kind: 'roll-back' }>): unknown {
    const { retry, fix, messages } = advice;
    const way = (label: string, press: () => void): TemplateResult => linkButton(label, press, { disabled: this.busy });
    const rollBack = (label: string): TemplateResult =>
      way(label, () => {
        this.actions.rollBack(advice);
      });
    if (messages === null) return rollBack(adviceWords.rollBackAndRetry);
    const ways = [
      rollBack(adviceWords.retryFor(retry)),
      way(adviceWords.fixFor(fix, messages), () => {
        this.actions.send();
      }),
    ];
    return retry <= fix * messages ? ways : ways.toReversed();
  }

  #chip(missing: MissingDetail): TemplateResult {
    const detail = detailOf(missing, this.draft);
    return html`<button
      type="button"
      class="detail-chip"
      title=${adviceWords.addDetailHint(detail.words)}
      @click=${() => {
        this.actions.addDetail(missing);
      }}
    >
      ${adviceWords.addDetail(detail.label)}
    </button>`;
  }

  #guide(): TemplateResult {
    return linkButton(
      adviceWords.more,
      () => {
        this.actions.guide();
      },
      { title: adviceWords.moreHint, className: 'advice-guide' },
    );
  }

  #toggle(label: string): TemplateResult {
    return html`<button
      type="button"
      class="link advice-toggle"
      aria-expanded=${this.open}
      @click=${() => (this.open = !this.open)}
    >
      ${label}
    </button>`;
  }
}

/** What the actions of the line do; the composer's, which has the draft. */
export interface AdviceActions {
  readonly doFree: (candidate: number | null) => void;
  /** Shows a place of the offer in the editor; null brings back what was shown before. */
  readonly reveal: (candidate: number | null) => void;
  readonly rollBack: (advice: Extract<ShownAdvice, { kind: 'roll-back' }>) => void;
  readonly addDetail: (missing: MissingDetail) => void;
  readonly addToBatch: () => void;
  readonly startFresh: () => void;
  readonly send: () => void;
  readonly upgrade: () => void;
  readonly guide: () => void;
  readonly dismiss: (kind: AdviceKind) => void;
}
