import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { RollbackPreview } from '../../src/protocol/chat.ts';
import { button } from '../components/button.ts';
import { LightElement } from '../components/lightElement.ts';
import { linkButton } from '../components/linkButton.ts';
import type { Ask } from './ask.ts';
import { rollbackWords } from './rollbackWords.ts';

type What = 'both' | 'files' | 'chat';
type OnConflict = 'mine' | 'old';

/** The dry run of a roll back under its message: what each file would become, and the choices. Never modal. */
export class RollbackView extends LightElement {
  static override properties = {
    preview: { attribute: false },
    ask: { attribute: false },
    what: { state: true },
    onConflict: { state: true },
  };
  declare preview: RollbackPreview;
  declare ask: Ask;
  declare what: What;
  declare onConflict: OnConflict;

  constructor() {
    super();
    this.what = 'both';
    // Shown and changeable; of the two it is the one that loses nothing of the person's.
    this.onConflict = 'mine';
  }

  protected override firstUpdated(): void {
    this.scrollIntoView({ block: 'nearest' });
    this.querySelector<HTMLElement>('.rollback')?.focus({ preventScroll: true });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('preview');
    if (before !== undefined && before.generation !== this.preview.generation) this.what = 'both';
  }

  protected override render(): TemplateResult {
    const { preview } = this;
    const title = rollbackWords.title(preview.prompt);
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
      ${choice(rollbackWords.what, 'what', this.what, whats, (what) => (this.what = what))}
      ${
        this.#hasConflict
          ? choice(rollbackWords.onConflict, 'conflict', this.onConflict, conflicts, (way) => (this.onConflict = way))
          : nothing
      }
      <div class="actions">
        ${button(rollbackWords.rollBack, this.#rollBack, { primary: true })}
        ${linkButton(rollbackWords.cancel, this.#cancel)}<span class="aside">${rollbackWords.free}</span>
      </div>
    </section>`;
  }

  get #hasConflict(): boolean {
    return this.what !== 'chat' && this.preview.files.some((file) => file.conflictLine !== undefined);
  }

  #files(): TemplateResult {
    if (this.preview.files.length === 0) return html`<p class="aside">${rollbackWords.noFiles}</p>`;
    return html`<ul class=${this.what === 'chat' ? 'untouched' : ''}>
      ${this.preview.files.map(
        (file) =>
          html`<li class=${file.conflictLine === undefined ? '' : 'conflict'}>
            <span class="path">${file.path}</span> <span>${rollbackWords.file(file)}</span>
          </li>`,
      )}
    </ul>`;
  }

  readonly #rollBack = (): void => {
    const onConflict = this.#hasConflict ? this.onConflict : 'stop';
    const request = { generation: this.preview.generation, what: this.what, onConflict } as const;
    this.ask((extension) => extension.rollBack(request));
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
    <legend class=${name === 'what' ? 'sr-only' : ''}>${legend}</legend>
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
