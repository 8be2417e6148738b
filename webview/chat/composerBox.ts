import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { MissingDetail } from '../../src/core/advice.ts';
import type { Estimate } from '../../src/core/estimate.ts';
import { slashCommand, type SlashCommand } from '../../src/core/slashCommand.ts';
import {
  MESSAGE_LIMIT_BYTES,
  type Composer,
  type ExtensionCalls,
  type SendAnswer,
  type Status,
} from '../../src/protocol/chat.ts';
import { LightElement } from '../components/lightElement.ts';
import { acceptDrop } from './acceptDrop.ts';
import { addedDetail, detailOf } from './addedDetail.ts';
import './advice.css';
import { adviceActions, adviceWithout } from './adviceActions.ts';
import type { Ask } from './ask.ts';
import { batchButton, modeView, modelView, sendView } from './composerControls.ts';
import { chipsView, gaugeView } from './contextBar.ts';
import { batchWords } from './batchWords.ts';
import type { Completion } from './completion.ts';
import type { CompletionList } from './completionList.ts';
import { completed, type CompletionToken } from './completionToken.ts';
import { composerKey, type ComposerAction } from './composerKey.ts';
import { draftPrice } from './draftPrice.ts';
import { editingView } from './editingView.ts';
import { estimateView } from './estimateView.ts';
import { attachPasted } from './attachPasted.ts';
import type { ComposerParts } from './composerParts.ts';
import { freeWords } from './freeWords.ts';
import { HeardAdvice } from './heardAdvice.ts';
import { refusalWords } from './refusalWords.ts';
import { runCommand } from './runCommand.ts';
import { sendState, type SendState } from './sendState.ts';
import type { FoundOffer, ShownAdvice } from './shownAdvice.ts';
import { textDirection } from './textDirection.ts';
import { waitingWords } from './waitingWords.ts';
import { words } from './words.ts';

/** The message box with its price, its line of advice and its buttons. The text is the person's: it is kept here. */
export class ComposerBox extends LightElement {
  static override properties = {
    composer: { attribute: false },
    status: { attribute: false },
    prompts: { attribute: false },
    text: { state: true },
    spoken: { state: true },
    advice: { state: true },
    note: { state: true },
    whyOpen: { state: true },
    busy: { state: true },
    rollsBackFiles: { state: true },
  };
  declare parts: ComposerParts;
  declare ask: Ask;
  declare composer: Composer;
  declare status: Status;
  declare prompts: readonly string[];
  declare text: string;
  declare spoken: Estimate | null;
  declare advice: readonly ShownAdvice[];
  declare note: string;
  declare whyOpen: boolean;
  declare busy: boolean;
  /** Whether the files change back when an earlier message is sent again in other words. */
  declare rollsBackFiles: boolean;
  readonly #heard = new HeardAdvice((sentence) => {
    this.parts.say(sentence);
  });
  #price: Estimate | null = null;
  #send: SendState = { kind: 'nothing' };

  constructor() {
    super();
    this.text = '';
    this.spoken = null;
    this.advice = [];
    this.note = '';
    this.whyOpen = false;
    this.busy = false;
    this.rollsBackFiles = true;
  }

  /** Puts a text into the box as if it had been typed, and the cursor behind it. */
  fill(text: string): void {
    this.#type(text);
    void this.updateComplete.then(() => {
      this.focusText();
    });
  }

  /** The caret stays where it is: at the end of a text that was put in, else where the person left it. */
  focusText(): void {
    this.querySelector('textarea')?.focus();
  }

  #moveCaret(at: number): void {
    const box = this.querySelector('textarea');
    box?.focus();
    box?.setSelectionRange(at, at);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('composer')) this.#hearComposer(changed.get('composer'));
    const before = this.#send.kind;
    const price = draftPrice(this.composer, this.text);
    if (this.text === '') this.#heard.forget();
    this.#send = sendState(this.status, this.text, price);
    if (changed.has('status') && before !== 'running' && before !== this.#send.kind) this.note = '';
    // What cannot be sent has no price.
    this.#price = this.#send.kind === 'tooLarge' ? null : price;
    this.parts.announcement.update(this.#price);
    const advised = this.composer.adviceKinds.length > 0 ? freeWords(this.text) : '';
    this.parts.advice.update(advised, this.composer.offersFreeEdits);
  }

  protected override firstUpdated(): void {
    this.parts.announcement.listen((price) => (this.spoken = price));
    this.parts.advice.listen((advice) => {
      this.advice = this.#heard.hear(advice, freeWords(this.text));
    });
  }

  protected override render(): TemplateResult {
    return html`<div class="composer-box" @dragover=${acceptDrop} @drop=${this.#onPasted}>
        ${editingView(this.composer.editing, this.rollsBackFiles, (chosen) => (this.rollsBackFiles = chosen), this.ask)}
        ${chipsView(this.composer, this.ask)}
        <tokenfare-completions
          id="completions"
          .sources=${this.parts.completions}
          .choose=${this.#choose}
          .tell=${this.#tellOption}
        ></tokenfare-completions>
        <textarea
          rows="1"
          class=${this.text.length > LONG_TEXT ? 'long' : ''}
          aria-label=${words.message}
          aria-autocomplete="list"
          aria-controls="completions"
          dir=${textDirection(this.text)}
          placeholder=${words.placeholder}
          spellcheck="true"
          ?readonly=${this.busy}
          .value=${live(this.text)}
          @input=${this.#onInput}
          @keydown=${this.#onKey}
          @paste=${this.#onPasted}
        ></textarea>
        <div class="composer-bar">
          ${modeView(this.composer, this.ask)} ${modelView(this.composer, this.ask)}
          ${gaugeView(this.composer, this.text, this.ask)}
          ${batchButton(this.text.trim() === '' || this.busy, () => void this.#act('addToBatch'))}
          ${sendView(
            { ...this.#send, hasText: this.text.trim() !== '' },
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
        hasText: this.text.trim() !== '' && this.#send.kind !== 'tooLarge',
        ...{ maxCharge: this.composer.maxCharge, budgetLeft: this.composer.budgetLeft, ask: this.ask },
        toggleWhy: () => (this.whyOpen = !this.whyOpen),
        upgrade: () => {
          this.ask((extension) => extension.upgrade());
        },
      })}
      ${this.#line()}`;
  }

  /** In reserved height: what is wrong with the draft, else what would save tokens. */
  #line(): TemplateResult | typeof nothing {
    const note = this.#send.kind === 'tooLarge' ? words.tooLarge(this.#send.bytes, MESSAGE_LIMIT_BYTES) : this.note;
    if (note !== '') return html`<div class="offer"><p class="problem" role="alert">${note}</p></div>`;
    if (this.composer.adviceKinds.length === 0) return nothing;
    const { advice, text, busy } = this;
    return html`<div class="offer">
      <tokenfare-advice
        .advice=${advice}
        .draft=${freeWords(text)}
        .busy=${busy}
        .actions=${this.#actions}
      ></tokenfare-advice>
    </div>`;
  }

  readonly #actions = adviceActions({
    ask: (call) => {
      this.ask(call);
    },
    act: (action) => void this.#act(action),
    doFree: (candidate) => void this.#doFree(candidate),
    addDetail: (missing) => {
      this.#addDetail(missing);
    },
    dismiss: (kind) => {
      this.#heard.dismiss(kind);
      this.advice = this.advice.filter((each) => each.kind !== kind);
      this.focusText();
    },
  });

  /** Adds what the chip names; the other chips stay, and the cursor stands where the person goes on. */
  #addDetail(missing: MissingDetail): void {
    const before = this.text;
    const { text, caret } = addedDetail(before, detailOf(missing, before));
    this.parts.advice.keep(before, adviceWithout(this.advice, missing));
    this.#type(text);
    void this.updateComplete.then(() => {
      this.#moveCaret(caret);
    });
  }

  /** The files go back unless the person says otherwise, for each message anew. */
  #beginEdit(): void {
    this.rollsBackFiles = true;
    if (this.composer.editing === null) return;
    void this.updateComplete.then(() => {
      this.focusText();
    });
  }

  #hearComposer(before: Composer | undefined): void {
    if (before?.editing?.message !== this.composer.editing?.message) this.#beginEdit();
    const { drafts } = this.parts;
    const { draft } = this.composer;
    this.text = before === undefined ? drafts.open(draft) : (drafts.hear(draft) ?? this.text);
  }

  /** What can be done for free with the draft as it is. */
  get #offer(): FoundOffer | undefined {
    const free = this.advice.find(({ kind }) => kind === 'edit-for-free');
    return free?.kind === 'edit-for-free' ? free.offer : undefined;
  }

  #type(text: string): void {
    this.text = text;
    this.note = '';
    this.parts.drafts.type(text);
  }

  readonly #onInput = (event: InputEvent): void => {
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    this.#type(event.target.value);
    this.#completions?.look(this.text, event.target.selectionStart);
  };

  get #completions(): CompletionList | null {
    return this.querySelector<CompletionList>('tokenfare-completions');
  }

  readonly #choose = ({ text, chosen }: Completion, token: CompletionToken): void => {
    this.#type(completed(this.text, token, text));
    chosen();
    void this.updateComplete.then(() => {
      this.#moveCaret(token.start + text.length);
    });
  };

  readonly #tellOption = (option: string | null): void => {
    const box = this.querySelector('textarea');
    if (option === null) box?.removeAttribute('aria-activedescendant');
    else box?.setAttribute('aria-activedescendant', option);
  };

  readonly #onPasted = (event: ClipboardEvent | DragEvent): void => {
    const data = 'clipboardData' in event ? event.clipboardData : event.dataTransfer;
    if (attachPasted(data, this.ask)) event.preventDefault();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (this.#completions?.handles(event) === true) return event.preventDefault();
    const action = composerKey(event, {
      sendWith: this.composer.sendWith,
      running: this.status.running !== null,
      offersFree: this.#offer !== undefined,
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
    if (action === 'doFree' && this.#offer?.kind === 'edit') await this.#doFree(null);
    if (action === 'send') await this.#sendMessage();
    if (action === 'addToBatch') await this.#addToBatch();
  }

  async #sendMessage(): Promise<void> {
    const command = slashCommand(this.text);
    if (command?.by === 'editor') return this.#run(command);
    const state = this.#send.kind;
    if (state === 'notReady') this.note = words.notReady;
    const sendable = state === 'ready' || state === 'mayStop' || (state === 'running' && this.text.trim() !== '');
    if (!sendable || this.busy) return;
    this.busy = true;
    try {
      const rollsBack = (this.composer.editing?.files ?? 0) > 0 && this.rollsBackFiles;
      const { text } = this;
      const answer = await this.parts.sender.send(text, rollsBack);
      if (answer !== null) this.#hearAnswer(answer, text);
    } catch {
      this.note = words.notSent;
    } finally {
      this.busy = false;
    }
  }

  #run(command: SlashCommand): Promise<void> {
    if (command.words === '' && command.takes === 'words') return Promise.resolve();
    return this.#busyWith(async (extension) => {
      const { draft, note = '', said = '' } = await runCommand(command, extension);
      if (draft !== null) this.#clear();
      if (draft) this.fill(draft);
      this.note = note;
      this.parts.say(said);
    });
  }

  /** The text leaves the box only once it is in the batch. */
  async #addToBatch(): Promise<void> {
    if (this.text.trim() === '' || this.#send.kind === 'tooLarge') return;
    await this.#busyWith(async (extension) => {
      await extension.addToBatch(this.text);
      this.#clear();
      this.parts.say(batchWords.added);
    });
  }

  #hearAnswer(answer: SendAnswer, sent: string): void {
    if (answer.kind === 'waits') this.parts.say(waitingWords.waits);
    if (answer.kind === 'accepted' || answer.kind === 'waits') this.#goOn(this.parts.drafts.taken(sent));
    else this.note = refusalWords(answer);
  }

  /** The extension tells the page in a message of the thread, or in a banner, how it went. */
  #doFree(candidate: number | null): Promise<void> {
    const text = freeWords(this.text);
    return this.#busyWith(async (extension) => {
      if (await extension.applyFreeEdit({ text, candidate })) this.#clear();
    });
  }

  /** One thing at a time; meanwhile the text stays as it is. */
  async #busyWith(act: (extension: ExtensionCalls) => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.ask(async (extension) => {
      try {
        await act(extension);
      } finally {
        this.busy = false;
      }
    });
    await this.updateComplete;
  }

  #clear(): void {
    this.parts.drafts.clear();
    this.#goOn('');
  }

  /** The draft is done with; `text` is what stands there now. */
  #goOn(text: string): void {
    this.text = text;
    this.note = '';
    this.whyOpen = false;
    void this.updateComplete.then(() => {
      this.focusText();
    });
  }
}

/** A box that fits its text lays it all out at every key. From so many UTF-16 code units on its height is fixed. */
const LONG_TEXT = 10_000;
