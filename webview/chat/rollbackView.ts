import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ExtensionCalls } from '../../src/protocol/chat.ts';
import type { RollbackPreview, RollbackScope } from '../../src/protocol/rollbackPreview.ts';
import { button } from '../components/button.ts';
import { LightElement } from '../components/lightElement.ts';
import { linkButton } from '../components/linkButton.ts';
import { rollbackWords } from './rollbackWords.ts';

type What = 'both' | 'files' | 'chat';
type OnConflict = 'mine' | 'old';
type PreviewedFile = RollbackPreview['files'][number];
type Request = Parameters<ExtensionCalls['rollBack']>[0];

/** What a dry run asks for, whichever page it stands on. */
export type RollbackCalls = Pick<ExtensionCalls, 'rollBack' | 'previewRollback' | 'cancelRollback'>;

/** The dry run of a roll back under its message: what each file would become, and the choices. Never modal. */
export class RollbackView extends LightElement {
  static override properties = {
    preview: { attribute: false },
    compareOf: { attribute: false },
    ask: { attribute: false },
    what: { state: true },
    onConflict: { state: true },
    left: { state: true },
  };
  declare preview: RollbackPreview;
  /** Opens a file's review where there is one: null for a file of later messages, and on the review page itself. */
  declare compareOf: (path: string) => (() => void) | null;
  declare ask: (call: (extension: RollbackCalls) => Promise<unknown>) => void;
  declare what: What;
  declare onConflict: OnConflict;
  /** The files that are not to be rolled back. */
  declare left: ReadonlySet<string>;

  constructor() {
    super();
    this.compareOf = () => null;
    this.what = 'both';
    // Shown and changeable; of the two it is the one that loses nothing of the person's.
    this.onConflict = 'mine';
    this.left = new Set();
  }

  protected override firstUpdated(): void {
    this.scrollIntoView({ block: 'nearest' });
    this.querySelector<HTMLElement>('.rollback')?.focus({ preventScroll: true });
  }

  /** Whoever decided about it by keys goes on in the box, if there is one: its own place is gone. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A page without the focus would take it from the editor.
    if (!document.hasFocus() || document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>('.composer-box textarea')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('preview')) return;
    const before = changed.get('preview');
    if (before?.generation !== this.preview.generation) {
      this.what = this.preview.inChat ? 'both' : 'files';
      this.left = new Set();
    }
  }

  protected override render(): TemplateResult {
    const { preview } = this;
    const title = preview.scope === 'pending' ? rollbackWords.pending : rollbackWords.title(preview.prompt);
    return html`<section
      class="rollback"
      role="group"
      tabindex="-1"
      aria-label=${rollbackWords.group}
      @keydown=${this.#onKey}
    >
      <p class="rollback-title">${title.before} <em>${title.prompt}</em>${title.after}</p>
      ${this.#files()}
      ${preview.laterMessages === 0 ? nothing : html`<p>${rollbackWords.laterMessages(preview.laterMessages)}</p>`}
      ${preview.hasLater ? choice(rollbackWords.scope, 'scope', preview.scope, scopes, this.#setScope) : nothing}
      ${
        preview.inChat && preview.files.length > 0
          ? choice(rollbackWords.what, 'what', this.what, whats, (what) => (this.what = what))
          : nothing
      }
      ${
        this.#hasConflict
          ? choice(rollbackWords.onConflict, 'conflict', this.onConflict, conflicts, (way) => (this.onConflict = way))
          : nothing
      }
      <div class="actions">
        ${button(rollbackWords.rollBack, this.#rollBack, { primary: true, disabled: this.#isNothing })}
        ${linkButton(rollbackWords.cancel, this.#cancel)}<span class="aside">${rollbackWords.free}</span>
      </div>
    </section>`;
  }

  get #hasConflict(): boolean {
    return this.what !== 'chat' && this.#chosen.some((file) => file.conflictLine !== undefined);
  }

  /** The files that can be rolled back and are not left out. */
  get #chosen(): PreviewedFile[] {
    return this.preview.files.filter((file) => isRestorable(file) && !this.left.has(file.path));
  }

  /** Files were left out one by one until none was left, and the chat is not to be rolled back either. */
  get #isNothing(): boolean {
    return this.what === 'files' && this.#chosen.length === 0;
  }

  #files(): TemplateResult {
    if (this.preview.files.length === 0) return html`<p class="aside">${rollbackWords.noFiles}</p>`;
    return html`<ul class=${this.what === 'chat' ? 'untouched' : ''}>
      ${this.preview.files.map(
        (file) =>
          html`<li class=${file.conflictLine === undefined ? '' : 'conflict'}>
            ${this.#nameView(file)} <span>${rollbackWords.file(file)} ${this.#compareView(file)}</span>
          </li>`,
      )}
    </ul>`;
  }

  #compareView({ path, conflictLine }: PreviewedFile): TemplateResult | typeof nothing {
    const compare = conflictLine === undefined ? null : this.compareOf(path);
    return compare === null
      ? nothing
      : linkButton(rollbackWords.compare, compare, { title: rollbackWords.compareHint });
  }

  /** A box to leave a file out, where there is more than one to choose from. */
  #nameView(file: PreviewedFile): TemplateResult {
    const name = html`<span class="path">${file.path}</span>`;
    if (!isRestorable(file) || this.preview.files.filter(isRestorable).length < 2) return name;
    const toggle = (): void => {
      const left = new Set(this.left);
      if (!left.delete(file.path)) left.add(file.path);
      this.left = left;
    };
    return html`<label
      ><input
        type="checkbox"
        .checked=${!this.left.has(file.path)}
        ?disabled=${this.what === 'chat'}
        @change=${toggle}
      />${name}</label
    >`;
  }

  readonly #rollBack = (): void => {
    const { generation, scope } = this.preview;
    const request: Request = {
      generation,
      what: this.what === 'both' && this.left.size > 0 && this.#chosen.length === 0 ? 'chat' : this.what,
      onConflict: this.#hasConflict ? this.onConflict : 'stop',
      ...(scope === 'since' ? {} : { scope }),
      ...(this.left.size === 0 ? {} : { files: this.#chosen.map(({ path }) => path) }),
    };
    this.ask((extension) => extension.rollBack(request));
  };

  readonly #setScope = (scope: RollbackScope): void => {
    this.ask((extension) => extension.previewRollback(this.preview.generation, scope));
  };

  readonly #cancel = (): void => {
    this.ask((extension) => extension.cancelRollback());
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#cancel();
  };
}

function isRestorable({ kind }: PreviewedFile): boolean {
  return kind !== 'unchanged' && kind !== 'damaged';
}

const scopes: readonly (readonly [RollbackScope, string])[] = [
  ['since', rollbackWords.since],
  ['alone', rollbackWords.alone],
];
const whats: readonly (readonly [What, string])[] = [
  ['both', rollbackWords.both],
  ['files', rollbackWords.files],
  ['chat', rollbackWords.chat],
];
const conflicts: readonly (readonly [OnConflict, string])[] = [
  ['mine', rollbackWords.mine],
  ['old', rollbackWords.old],
];

function choice<T extends string>(
  legend: string,
  name: string,
  chosen: T,
  options: readonly (readonly [T, string])[],
  choose: (value: T) => void,
): TemplateResult {
  return html`<fieldset class="choice">
    <legend class=${name === 'conflict' ? '' : 'sr-only'}>${legend}</legend>
    ${options.map(
      ([value, label]) =>
        html`<label
          ><input
            type="radio"
            name="rollback-${name}"
            .checked=${value === chosen}
            @change=${() => {
              choose(value);
            }}
          />${label}</label
        >`,
    )}
  </fieldset>`;
}
