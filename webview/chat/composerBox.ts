import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Estimate } from '../../src/core/estimate.ts';
import { MESSAGE_LIMIT_BYTES, type Composer, type SendAnswer, type Status } from '../../src/protocol/chat.ts';
import { LightElement } from '../components/lightElement.ts';
import type { Ask } from './ask.ts';
import { chipsView, modeView, modelView, sendView } from './composerControls.ts';
import { composerKey, type ComposerAction } from './composerKey.ts';
import { draftPrice } from './draftPrice.ts';
import type { DraftKeeper } from './draftKeeper.ts';
import { estimateView } from './estimateView.ts';
import type { FoundOffer, FreeEditSearch } from './freeEditSearch.ts';
import { freeEditView } from './freeEditView.ts';
import type { MessageSender } from './messageSender.ts';
import type { PriceAnnouncement } from './priceAnnouncement.ts';
import type { PromptRecall } from './promptRecall.ts';
import { sendState, type SendState } from './sendState.ts';
import { textDirection } from './textDirection.ts';
import { words } from './words.ts';

/** What the composer works with, made by the page's root. */
export interface ComposerParts {
  readonly drafts: DraftKeeper;
  readonly announcement: PriceAnnouncement;
  readonly freeEdits: FreeEditSearch;
  readonly sender: MessageSender;
  readonly recall: PromptRecall;
}

/** The message box with its price, its free offer and its buttons. The text belongs to the person: it is kept here. */
export class ComposerBox extends LightElement {
  static override properties = {
    composer: { attribute: false },
    status: { attribute: false },
    prompts: { attribute: false },
    text: { state: true },
    spoken: { state: true },
    offer: { state: true },
    note: { state: true },
    whyOpen: { state: true },
    busy: { state: true },
  };
  declare parts: ComposerParts;
  declare ask: Ask;
  declare composer: Composer;
  declare status: Status;
  declare prompts: readonly string[];
  declare text: string;
  declare spoken: Estimate | null;
  declare offer: FoundOffer | null;
  declare note: string;
  declare whyOpen: boolean;
  declare busy: boolean;
  #price: Estimate | null = null;
  #send: SendState = { kind: 'nothing' };

  constructor() {
    super();
    this.text = '';
    this.spoken = null;
    this.offer = null;
    this.note = '';
    this.whyOpen = false;
    this.busy = false;
  }

  /** Puts a text into the box as if it had been typed, and the cursor behind it. */
  fill(text: string): void {
    this.#type(text);
    void this.updateComplete.then(() => {
      this.focusText();
    });
  }

  focusText(): void {
    const box = this.querySelector('textarea');
    box?.focus();
    box?.setSelectionRange(box.value.length, box.value.length);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('composer')) this.#hearComposer(changed.get('composer'));
    if (changed.has('status') && this.#send.kind !== 'running' && this.status.running === null) this.note = '';
    this.#price = draftPrice(this.composer, this.text);
    this.#send = sendState(this.status, this.text, this.#price);
    this.parts.announcement.update(this.#price);
    this.parts.freeEdits.update(this.composer.offersFreeEdits ? this.text : '');
  }

  protected override firstUpdated(): void {
    this.parts.announcement.listen((price) => (this.spoken = price));
    this.parts.freeEdits.listen((offer) => (this.offer = offer));
  }

  protected override render(): TemplateResult {
    return html`<div class="composer-box">
        ${chipsView(this.composer, this.ask)}
        <textarea
          rows="1"
          class=${this.text.length > LONG_TEXT ? 'long' : ''}
          aria-label=${words.message}
          dir=${textDirection(this.text)}
          placeholder=${words.placeholder}
          spellcheck="true"
          ?readonly=${this.busy}
          .value=${live(this.text)}
          @input=${this.#onInput}
          @keydown=${this.#onKey}
        ></textarea>
        <div class="composer-bar">
          ${modeView(this.composer, this.ask)} ${modelView(this.composer, this.ask)}
          ${sendView(
            this.#send,
            this.busy,
            () => void this.#act('send'),
            () => void this.#act('stop'),
          )}
        </div>
      </div>
      ${estimateView({
        price: this.#price,
        spoken: this.spoken,
        whyOpen: this.whyOpen,
        status: this.status,
        send: this.#send,
        hasText: this.text.trim() !== '',
        toggleWhy: () => (this.whyOpen = !this.whyOpen),
        upgrade: () => {
          this.ask((extension) => extension.upgrade());
        },
      })}
      ${this.#line()}`;
  }

  /** In reserved height: what is wrong with the draft, else that it can be done for free. */
  #line(): TemplateResult | typeof nothing {
    const note = this.#send.kind === 'tooLarge' ? words.tooLarge(this.#send.bytes, MESSAGE_LIMIT_BYTES) : this.note;
    if (note !== '') return html`<div class="offer"><p class="problem" role="alert">${note}</p></div>`;
    if (!this.composer.offersFreeEdits) return nothing;
    const { offer } = this;
    const doFree = (candidate: number | null): void => void this.#doFree(candidate);
    return html`<div class="offer">
      ${offer === null ? nothing : freeEditView(offer, this.text, this.busy, doFree)}
    </div>`;
  }

  #hearComposer(before: Composer | undefined): void {
    if (before === undefined) {
      this.text = this.parts.drafts.open(this.composer.draft);
      return;
    }
    const told = this.parts.drafts.hear(this.composer.draft);
    if (told !== null) this.text = told;
  }

  #type(text: string): void {
    this.text = text;
    this.note = '';
    this.parts.drafts.type(text);
  }

  readonly #onInput = (event: InputEvent): void => {
    if (event.target instanceof HTMLTextAreaElement) this.#type(event.target.value);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const action = composerKey(event, {
      sendWith: this.composer.sendWith,
      running: this.status.running !== null,
      offersFree: this.offer !== null,
      recallable: this.parts.recall.applies(this.text),
    });
    if (action === null) return;
    if (this.#recall(action)) event.preventDefault();
    if (action === 'recallOlder' || action === 'recallNewer') return;
    event.preventDefault();
    void this.#act(action);
  };

  /** Whether a key recalled a prompt; with nothing to recall it moves the cursor as always. */
  #recall(action: ComposerAction): boolean {
    const { recall } = this.parts;
    const prompt =
      action === 'recallOlder'
        ? recall.older(this.prompts, this.text)
        : action === 'recallNewer'
          ? recall.newer(this.prompts)
          : null;
    if (prompt === null) return false;
    this.fill(prompt);
    return true;
  }

  async #act(action: ComposerAction): Promise<void> {
    if (action === 'stop') this.ask((extension) => extension.stop());
    if (action === 'doFree' && this.offer?.kind === 'edit') await this.#doFree(null);
    if (action === 'send') await this.#sendMessage();
  }

  async #sendMessage(): Promise<void> {
    const state = this.#send.kind;
    if (state === 'running') this.note = words.busy;
    if (state === 'notReady') this.note = words.notReady;
    if ((state !== 'ready' && state !== 'mayStop') || this.busy) return;
    this.busy = true;
    try {
      const answer = await this.parts.sender.send(this.text);
      if (answer !== null) this.#hearAnswer(answer);
    } catch {
      this.note = words.notSent;
    } finally {
      this.busy = false;
    }
  }

  #hearAnswer(answer: SendAnswer): void {
    switch (answer.kind) {
      case 'accepted':
        this.#clear();
        return;
      case 'tooLarge':
        this.note = words.tooLarge(answer.bytes, answer.limit);
        return;
      case 'busy':
        this.note = words.busy;
        return;
      case 'notReady':
        this.note = words.notReady;
        return;
      case 'empty':
        return;
    }
  }

  async #doFree(candidate: number | null): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const { text } = this;
    // The extension tells the page in a message of the thread, or in a banner, how it went.
    this.ask(async (extension) => {
      try {
        await extension.applyFreeEdit({ text, candidate });
        this.#clear();
      } finally {
        this.busy = false;
      }
    });
    await this.updateComplete;
  }

  #clear(): void {
    this.text = '';
    this.note = '';
    this.whyOpen = false;
    this.parts.drafts.clear();
    void this.updateComplete.then(() => {
      this.focusText();
    });
  }
}

/** A box that fits its text lays it all out at every key. From so many UTF-16 code units on its height is fixed. */
const LONG_TEXT = 10_000;
