import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { createRef, ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Message, Place } from '../../src/protocol/chat.ts';
import type { RollbackPreview } from '../../src/protocol/rollbackPreview.ts';
import { button } from '../components/button.ts';
import { icon } from '../components/icon.ts';
import { LightElement } from '../components/lightElement.ts';
import { spinner } from '../components/spinner.ts';
import type { Ask } from './ask.ts';
import { changesBar } from './changesBar.ts';
import { promptsOf, type ChatState } from './chatState.ts';
import type { ComposerBox } from './composerBox.ts';
import type { ComposerParts } from './composerParts.ts';
import { emptyView } from './emptyView.ts';
import { headerView } from './headerView.ts';
import { messageGroups, oneGroupOlder, type MessageGroup } from './messageGroups.ts';
import { noticesView } from './noticesView.ts';
import { goToPlace, readingPlace } from './readingPlace.ts';
import { pressInMarkdown } from './pressInMarkdown.ts';
import './tray.css';
import { waitingView } from './waitingView.ts';
import { words } from './words.ts';

/** The whole chat page: header, conversation, notices, composer. Everything it shows is in `state`. */
export class ChatPage extends LightElement {
  static override properties = {
    state: { attribute: false },
    problem: { attribute: false },
    dismissedWarnings: { attribute: false },
    following: { state: true },
    shownFrom: { state: true },
  };
  declare state: ChatState | null;
  /** What could not be done, said by the page itself because the extension did not answer. */
  declare problem: string;
  declare dismissedWarnings: readonly string[];
  declare following: boolean;
  /** The index of the first message shown: of a chat that is opened the last ones come first, with the composer. */
  declare shownFrom: number;
  declare ask: Ask;
  declare parts: ComposerParts;
  declare keepDismissed: (key: string) => void;
  /** Keeps where the person reads. Nobody asked for it, so it neither shows nor hides a problem. */
  declare savePlace: (place: Place | null) => void;
  #prompts: { of: readonly Message[]; list: readonly string[] } = { of: [], list: [] };

  constructor() {
    super();
    this.state = null;
    this.problem = '';
    this.dismissedWarnings = [];
    this.following = true;
    this.shownFrom = 0;
  }

  focusComposer(): void {
    this.#composer?.focusText();
  }

  /** Sentences of an answer come at every frame, and it stands behind all messages: not to be looked for each time. */
  readonly #spoken = createRef<HTMLElement>();

  /** Says something to people who listen, after what is being said. */
  say(sentence: string): void {
    if (sentence === '') return;
    const said = document.createElement('p');
    said.textContent = sentence;
    this.#spoken.value?.append(said);
    // Screen readers take it when it is added; left there, it would be read a second time by browsing.
    setTimeout(() => {
      said.remove();
    }, SPOKEN_KEPT_MILLISECONDS);
  }

  get #running(): boolean {
    return this.state !== null && this.state.status.running !== null;
  }

  get #composer(): ComposerBox | null {
    return this.querySelector<ComposerBox>('tokenfare-composer');
  }

  protected override firstUpdated(): void {
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented && this.#running) this.ask((extension) => extension.stop());
    });
    // The editor gives the focus to the page as a whole, when its icon is pressed for example.
    window.addEventListener('focus', () => {
      if (document.activeElement === document.body) this.focusComposer();
    });
    this.addEventListener('click', (event) => {
      pressInMarkdown(event, this.ask);
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('state')) return;
    const before = changed.get('state');
    const [now, then] = [this.state?.thread, before?.thread];
    const allButLast = Math.max(0, (now?.messages.length ?? 0) - FIRST_MESSAGES);
    this.shownFrom = now?.session === then?.session ? Math.min(this.shownFrom, allButLast) : allButLast;
    if (now?.session === then?.session && lastAsked(now) === lastAsked(then)) return;
    this.#place = (now?.session !== then?.session && now?.place) || null;
    this.following = this.#place === null;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { thread, status } = this.state ?? {};
    const isOther = changed.has('state') && changed.get('state')?.thread.session !== thread?.session;
    // Whoever opens the chat, or begins a new one, goes on by typing, unless a roll back is to be decided.
    if (isOther && status?.preview === null && document.hasFocus())
      void this.#composer?.updateComplete.then(() => {
        this.focusComposer();
      });
    if (this.shownFrom > 0) this.#showOlderSoon();
    const content = this.querySelector('.thread-content');
    if (content === null || this.#watched === content) return;
    this.#watched = content;
    this.#growth.disconnect();
    this.#growth.observe(content);
    if (content.parentElement !== null) this.#growth.observe(content.parentElement);
  }
  #watched: Element | null = null;

  /** Once what is there has been drawn and can be typed in. A place to go back to must be there before it is seen. */
  #showOlderSoon(): void {
    if (this.#awaitsOlder) return;
    this.#awaitsOlder = true;
    requestAnimationFrame(() => {
      setTimeout(() => {
        this.#awaitsOlder = false;
        this.shownFrom = this.#place === null ? oneGroupOlder(this.shownFrom) : 0;
      });
    });
  }
  #awaitsOlder = false;

  /** The view stays at the end while an answer grows or its room shrinks, unless the person has scrolled up to read. */
  readonly #growth = new ResizeObserver(() => {
    if (this.following) this.#toEnd();
    else this.#backToPlace();
  });

  protected override render(): TemplateResult {
    const { state } = this;
    return html`${headerView(state?.thread ?? null, state?.status ?? null, this.ask)}
      <main class="page">${state === null ? this.#startingView() : this.#chatView(state)}</main>
      <div class="spoken sr-only" aria-live="polite" ${ref(this.#spoken)}></div>`;
  }

  #startingView(): TemplateResult {
    if (this.problem === '') return html`<p class="starting">${spinner()} ${words.loading}</p>`;
    return html`<div class="starting">${this.#problemView()}</div>`;
  }

  #chatView(state: ChatState): TemplateResult {
    const { messages } = state.thread;
    const { preview } = state.status;
    const groups = messageGroups(messages, this.shownFrom);
    const keyOfGroup = ({ begins }: MessageGroup): string => `${state.thread.session} ${String(begins)}`;
    return html`<div
        class="thread ${preview === null ? '' : 'previewing'}"
        tabindex="0"
        role="region"
        aria-label=${words.conversation}
        @scroll=${this.#onScroll}
        @wheel=${this.#leavePlace}
        @pointerdown=${this.#leavePlace}
        @keydown=${this.#leavePlace}
      >
        <div class="thread-content">
          ${messages.length === 0 ? emptyView(state.composer, (prompt) => this.#composer?.fill(prompt)) : nothing}
          ${repeat(groups, keyOfGroup, (group) => this.#groupView(group, messages.at(-1), preview))}
          ${this.#stray(messages, preview)}
        </div>
      </div>
      ${this.following ? nothing : this.#latestView()}
      <div class="dock">
        ${noticesView(state.status, {
          ask: this.ask,
          dismissedWarnings: this.dismissedWarnings,
          dismissWarning: this.keepDismissed,
        })}
        ${this.problem === '' ? nothing : this.#problemView()} ${changesBar(messages, this.ask)}
        ${waitingView(state.composer, this.ask, () => {
          this.focusComposer();
        })}
        <tokenfare-batch .composer=${state.composer} .ask=${this.ask}></tokenfare-batch>
        <tokenfare-composer
          .composer=${state.composer}
          .status=${state.status}
          .prompts=${this.#promptsOf(messages)}
          .parts=${this.parts}
          .ask=${this.ask}
        ></tokenfare-composer>
      </div>`;
  }

  #groupView(group: MessageGroup, last: Message | undefined, preview: RollbackPreview | null): TemplateResult {
    const hasLast = group.messages.at(-1) === last;
    const messages = (): unknown =>
      repeat(group.messages, keyOf, (message) => this.#messageView(message, message === last, preview));
    return html`<div class="messages">${guard([...group.messages, hasLast, preview], messages)}</div>`;
  }

  #messageView(message: Message, isLast: boolean, preview: RollbackPreview | null): TemplateResult {
    const own = preview !== null && message.role !== 'user' && preview.generation === message.id ? preview : null;
    return html`<tokenfare-message
      data-key=${keyOf(message)}
      .message=${message}
      .preview=${own}
      .isLast=${isLast}
      .ask=${this.ask}
    ></tokenfare-message>`;
  }

  /** A dry run whose message is not in this conversation is shown at its end. */
  #stray(messages: readonly Message[], preview: RollbackPreview | null): TemplateResult | typeof nothing {
    if (preview === null) return nothing;
    if (messages.some((message) => message.role !== 'user' && message.id === preview.generation)) return nothing;
    return html`<tokenfare-rollback .preview=${preview} .ask=${this.ask}></tokenfare-rollback>`;
  }

  #latestView(): TemplateResult {
    const toEnd = (): void => {
      this.#leavePlace();
      this.following = true;
      this.#toEnd();
    };
    return html`<button type="button" class="latest" @click=${toEnd}>${icon('arrow-down')}${words.latest}</button>`;
  }

  #problemView(): TemplateResult {
    return html`<div class="notice error" role="alert">
      ${icon('error')}
      <div class="notice-body">
        <span>${this.problem}</span>
        ${button(words.showLog, () => {
          this.ask((extension) => extension.showLog());
        })}
      </div>
    </div>`;
  }

  #promptsOf(messages: readonly Message[]): readonly string[] {
    // Streaming makes a new list of messages every frame; the prompts in it are the same unless their number changed.
    if (messages.length !== this.#prompts.of.length || messages[0] !== this.#prompts.of[0])
      this.#prompts = { of: messages, list: promptsOf(messages) };
    return this.#prompts.list;
  }

  readonly #onScroll = (event: Event): void => {
    if (!(event.target instanceof HTMLElement)) return;
    const { scrollTop, scrollHeight, clientHeight } = event.target;
    const movedUp = scrollTop < this.#scrolledTo;
    this.#scrolledTo = scrollTop;
    // Until the person scrolls it is we who do, in messages that are not laid out yet: its end is not the end.
    if (this.#place !== null) return;
    this.#keepPlace(event.target);
    // Of our own scrolling down we hear when the answer has grown again: only who moves up has stopped to follow.
    if (scrollHeight - scrollTop - clientHeight < NEAR_END_PIXELS) this.following = true;
    else if (movedUp) this.following = false;
  };
  #scrolledTo = 0;

  /** Where the person read before the page was opened, until they scroll: its messages take a moment to be laid out. */
  #place: Place | null = null;

  readonly #leavePlace = (): void => {
    this.#place = null;
  };

  #backToPlace(): void {
    const thread = this.querySelector<HTMLElement>('.thread');
    if (thread !== null && this.#place !== null) goToPlace(thread, this.#place);
  }

  #keepPlace(thread: HTMLElement): void {
    clearTimeout(this.#placeTimer);
    this.#placeTimer = setTimeout(() => {
      const place = this.following ? null : readingPlace(thread);
      this.savePlace(place);
    }, PLACE_KEPT_AFTER_MILLISECONDS);
  }
  #placeTimer: ReturnType<typeof setTimeout> | undefined;

  #toEnd(): void {
    const thread = this.querySelector('.thread');
    if (thread !== null) thread.scrollTop = thread.scrollHeight;
  }
}

/** A pause in scrolling: who still scrolls reads nowhere. */
const PLACE_KEPT_AFTER_MILLISECONDS = 200;
/** More than a screen of them: what is above is read, cleaned and laid out bit by bit while the person types. */
const FIRST_MESSAGES = 8;
/** About two lines: who is this near to the end means to follow it. */
const NEAR_END_PIXELS = 40;
/** Longer than any screen reader takes to notice a change, shorter than browsing there. */
const SPOKEN_KEPT_MILLISECONDS = 5000;

/** Who asks for something wants to see what comes of it, however far up they were. */
function lastAsked(thread: ChatState['thread'] | undefined): string | undefined {
  return thread?.messages.findLast(({ role }) => role !== 'assistant')?.id;
}

function keyOf(message: Message): string {
  return `${message.role} ${message.id}`;
}
