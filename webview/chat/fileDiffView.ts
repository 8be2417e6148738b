import { html, nothing, type TemplateResult } from 'lit';
import type { FileDiff } from '../../src/protocol/chat.ts';
import { icon } from '../components/icon.ts';
import { LightElement } from '../components/lightElement.ts';
import { linkButton } from '../components/linkButton.ts';
import type { Ask } from './ask.ts';
import { changeWords } from './changeWords.ts';
import './fileDiff.css';
import { fileDiffWords } from './fileDiffWords.ts';

type Lines = Extract<FileDiff, { kind: 'lines' }>;
type DiffLine = Extract<FileDiff, { kind: 'lines' }>['lines'][number];

/**
 * What an answer changed in one file, opened in place, with each change to be kept or undone; a diff that is too long
 * for the chat goes on in the review.
 */
export class FileDiffView extends LightElement {
  static override properties = {
    generation: { attribute: false },
    path: { attribute: false },
    canDecide: { attribute: false },
    ask: { attribute: false },
    diff: { state: true },
    opened: { state: true },
  };
  declare generation: string;
  declare path: string;
  /** Whether it is open what becomes of the file. */
  declare canDecide: boolean;
  declare ask: Ask;
  declare diff: FileDiff | null;
  declare opened: boolean;

  constructor() {
    super();
    this.canDecide = false;
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
        ${diff.lines.map((line, index) => html`${lineView(line)}${this.#actions(diff, index)}`)}
      </div>
      ${diff.isCut ? linkButton(fileDiffWords.more, this.#review) : nothing}`;
  }

  /** Under the last line of each change, where there are several; of a single one the file's own buttons decide. */
  #actions(diff: Lines, index: number): TemplateResult | typeof nothing {
    const hunk = diff.lines[index]?.hunk;
    if (hunk === undefined || diff.lines[index + 1]?.hunk === hunk || hunksOf(diff).size < 2) return nothing;
    if (diff.undone.includes(hunk)) return html`<div class="hunk-actions aside">${changeWords.undone}</div>`;
    if (diff.kept.includes(hunk)) return html`<div class="hunk-actions aside">${changeWords.kept}</div>`;
    if (!this.canDecide) return nothing;
    return html`<div class="hunk-actions">
      ${linkButton(changeWords.keepHunk, () => {
        this.#decide(diff, hunk, true);
      })}
      ${linkButton(changeWords.undoHunk, () => {
        this.#decide(diff, hunk, false);
      })}
    </div>`;
  }

  /** With the last of its changes that was open the whole file is kept. */
  #decide(diff: Lines, hunk: number, keeps: boolean): void {
    const { generation, path } = this;
    const decided = new Set([...diff.kept, ...diff.undone, hunk]);
    const isWhole = keeps && !diff.isCut && [...hunksOf(diff)].every((each) => decided.has(each));
    this.ask(async (extension) => {
      await extension.decide({ generation, path, hunks: isWhole ? null : [hunk], keeps });
      this.diff = await extension.fileDiff(generation, path);
    });
  }

  /** Asked for at each opening: what became of its changes may be another. */
  readonly #toggle = (): void => {
    this.opened = !this.opened;
    if (!this.opened) return;
    this.ask(async (extension) => (this.diff = await extension.fileDiff(this.generation, this.path)));
  };

  readonly #review = (): void => {
    this.ask((extension) => extension.reviewChanges(this.generation, this.path));
  };
}

function hunksOf({ lines }: Lines): Set<number> {
  return new Set(lines.flatMap(({ hunk }) => hunk ?? []));
}

const marks: Record<DiffLine['kind'], string> = { same: ' ', added: '+', removed: '−', gap: '⋯' };

/** The mark is text, so that colour is not all that tells lines apart. */
function lineView({ kind, text }: DiffLine): TemplateResult {
  return html`<div class="diff-line ${kind}"><span class="mark">${marks[kind]}</span><code>${text}</code></div>`;
}
