import { html, nothing, type TemplateResult } from 'lit';
import type { FileDiff } from '../../src/protocol/chat.ts';
import { icon } from '../components/icon.ts';
import { LightElement } from '../components/lightElement.ts';
import { linkButton } from '../components/linkButton.ts';
import type { Ask } from './ask.ts';
import './fileDiff.css';
import { fileDiffWords } from './fileDiffWords.ts';

type DiffLine = Extract<FileDiff, { kind: 'lines' }>['lines'][number];

/** What an answer changed in one file, opened in place; a diff that is too long for the chat goes on in the review. */
export class FileDiffView extends LightElement {
  static override properties = {
    generation: { attribute: false },
    path: { attribute: false },
    ask: { attribute: false },
    diff: { state: true },
    opened: { state: true },
  };
  declare generation: string;
  declare path: string;
  declare ask: Ask;
  declare diff: FileDiff | null;
  declare opened: boolean;

  constructor() {
    super();
    this.diff = null;
    this.opened = false;
  }

  protected override render(): TemplateResult {
    const label = fileDiffWords.show(this.path);
    return html`<button
        type="button"
        class="icon-button"
        aria-label=${label}
        aria-expanded=${this.opened}
        title=${label}
        @click=${this.#toggle}
      >
        ${icon(this.opened ? 'chevron-down' : 'chevron-right')}
      </button>
      ${this.opened && this.diff !== null ? this.#diffView(this.diff) : nothing}`;
  }

  #diffView(diff: FileDiff): TemplateResult {
    if (diff.kind === 'noText') return html`<p class="aside">${fileDiffWords.noText}</p>`;
    if (diff.kind === 'gone') return html`<p class="aside">${fileDiffWords.gone}</p>`;
    if (diff.lines.length === 0) return html`<p class="aside">${fileDiffWords.noLines}</p>`;
    return html`<div class="file-diff" role="group" aria-label=${fileDiffWords.group(this.path)} tabindex="0">
        ${diff.lines.map(lineView)}
      </div>
      ${diff.isCut ? linkButton(fileDiffWords.more, this.#review) : nothing}`;
  }

  /** What stands in a checkpoint stays what it was, so it is asked for once; but another try may find it readable. */
  readonly #toggle = (): void => {
    this.opened = !this.opened;
    if (!this.opened || (this.diff !== null && this.diff.kind !== 'gone')) return;
    this.ask(async (extension) => (this.diff = await extension.fileDiff(this.generation, this.path)));
  };

  readonly #review = (): void => {
    this.ask((extension) => extension.reviewChanges(this.generation, this.path));
  };
}

const marks: Record<DiffLine['kind'], string> = { same: ' ', added: '+', removed: '−', gap: '⋯' };

/** The mark is text, so that colour is not all that tells lines apart. */
function lineView({ kind, text }: DiffLine): TemplateResult {
  return html`<div class="diff-line ${kind}"><span class="mark">${marks[kind]}</span><code>${text}</code></div>`;
}
