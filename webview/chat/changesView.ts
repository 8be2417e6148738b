import { html, nothing, type TemplateResult } from 'lit';
import { button } from '../components/button.ts';
import { icon } from '../components/icon.ts';
import { iconButton } from '../components/iconButton.ts';
import { lineCounts } from '../components/lineCounts.ts';
import { standingLines } from '../components/standingLines.ts';
import type { Answer } from './answerView.ts';
import type { Ask } from './ask.ts';
import './changes.css';
import { changeWords } from './changeWords.ts';
import { messageWords } from './messageWords.ts';
import { isOpen } from './pendingChanges.ts';

type ChangedFile = Answer['changes'][number];

/**
 * The files that an answer changed, with their lines; a click opens one. `decided`: what becomes of them is asked
 * elsewhere.
 */
export function changesView(message: Answer, ask: Ask, decided: boolean): TemplateResult | typeof nothing {
  const { changes } = message;
  if (changes.length === 0) return nothing;
  return html`<section class="changes ${message.changesState}" aria-label=${changeWords.files(changes.length)}>
    <div class="changes-head">
      <span>${changeWords.files(changes.length)}</span>
      ${lineCounts(standingLines(changes))}
      <span class="spacer"></span> ${decided ? nothing : keepView(message, ask)}
    </div>
    <ul>
      ${changes.map((file) => fileView(message, file, ask))}
    </ul>
  </section>`;
}

const icons: Record<ChangedFile['kind'], string> = {
  created: 'diff-added',
  edited: 'diff-modified',
  deleted: 'diff-removed',
  renamed: 'diff-renamed',
};

function fileView({ id, changesState }: Answer, file: ChangedFile, ask: Ask): TemplateResult {
  const canDecide = changesState === 'pending' || changesState === 'partly';
  const open = (): void => {
    ask((extension) => extension.openFile({ path: file.path }));
  };
  return html`<li class=${file.state ?? ''}>
    <button
      type="button"
      class="file ${file.kind}"
      title=${changeWords.open(file.path)}
      ?disabled=${file.kind === 'deleted'}
      @click=${open}
    >
      ${icon(icons[file.kind])}<span class="path">${file.path}</span>${lineCounts(standingLines([file]))}
    </button>
    ${decisionView(id, file, canDecide, ask)}
    <tokenfare-file-diff
      .generation=${id}
      .path=${file.path}
      .canDecide=${canDecide && isOpen(file)}
      .ask=${ask}
    ></tokenfare-file-diff>
  </li>`;
}

/** Keep and undo of one file, or what became of it. */
function decisionView(generation: string, file: ChangedFile, canDecide: boolean, ask: Ask): TemplateResult {
  const { path, state } = file;
  const decide =
    (keeps: boolean): (() => void) =>
    () => {
      ask((extension) => extension.decide({ generation, path, hunks: null, keeps }));
    };
  // Where all is kept, the head says it.
  const said = canDecide || state !== 'kept' ? state : undefined;
  return html`<span class="decision">
    ${said === undefined ? nothing : html`<span class="aside">${changeWords[said]}</span>`}
    ${
      canDecide && isOpen(file)
        ? html`${iconButton('check', changeWords.keepFile(path), decide(true))}
          ${iconButton('discard', changeWords.undoFile(path), decide(false))}`
        : nothing
    }
  </span>`;
}

/** Accepts all that an answer changed. */
export function keepButton(generation: string, ask: Ask): TemplateResult {
  return button(
    messageWords.keep,
    () => {
      ask((extension) => extension.keep(generation));
    },
    { title: messageWords.keepHint },
  );
}

function keepView(message: Answer, ask: Ask): TemplateResult | typeof nothing {
  switch (message.changesState) {
    case 'pending':
    case 'partly':
      return keepButton(message.id, ask);
    case 'kept':
      return html`<span class="aside">${changeWords.kept}</span>`;
    case 'rolledBack':
      return html`<span class="aside">${messageWords.rolledBack}</span>`;
    case 'none':
      return nothing;
  }
}
