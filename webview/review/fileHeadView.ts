import { html, nothing, type TemplateResult } from 'lit';
import type { DiffLayout, ReviewedFile } from '../../src/protocol/review.ts';
import { button } from '../components/button.ts';
import { iconButton } from '../components/iconButton.ts';
import { lineCounts } from '../components/lineCounts.ts';
import { standingLines } from '../components/standingLines.ts';
import type { DiffDocument } from './diffDocument.ts';
import type { ReviewStep } from './reviewKey.ts';
import { reviewWords } from './reviewWords.ts';

export interface FileHead {
  readonly file: ReviewedFile;
  readonly document: DiffDocument | null;
  readonly current: number;
  readonly layout: DiffLayout;
  readonly canDecide: boolean;
  readonly step: (step: ReviewStep) => void;
  readonly setLayout: (layout: DiffLayout) => void;
  readonly keepFile: () => void;
  readonly undoFile: () => void;
  readonly openFile: () => void;
}

/** The line above a diff: which file, how it is shown, where one is in it, and what is to become of it. */
export function fileHeadView(head: FileHead): TemplateResult {
  const { file, document } = head;
  const state = reviewWords.state(file);
  return html`<div class="file-head">
    <h2 title=${file.path}>${file.path}</h2>
    ${file.kind === 'outside' ? nothing : lineCounts(standingLines([file]))}
    ${state === '' ? nothing : html`<span class="state">${state}</span>`}
    <span class="spacer"></span>
    ${document?.kind === 'texts' ? [navigation(head, document.hunks.length), layoutView(head)] : nothing}
    ${file.kind === 'deleted' && file.state !== 'undone' ? nothing : openView(head)}
    ${head.canDecide && file.kind !== 'outside' ? decideView(head) : nothing}
  </div>`;
}

function navigation({ current, step }: FileHead, count: number): TemplateResult {
  const press = (name: ReviewStep) => () => {
    step(name);
  };
  return html`<span class="steps-between" role="group" aria-label=${reviewWords.place(0, count)}>
    ${iconButton('arrow-up', reviewWords.previousHunk, press('previousHunk'))}
    <span class="place">${reviewWords.place(current, count)}</span>
    ${iconButton('arrow-down', reviewWords.nextHunk, press('nextHunk'))}
    ${iconButton('chevron-left', reviewWords.previousFile, press('previousFile'))}
    ${iconButton('chevron-right', reviewWords.nextFile, press('nextFile'))}
  </span>`;
}

function layoutView({ layout, setLayout }: FileHead): TemplateResult {
  const toggle = (name: keyof DiffLayout, label: string): TemplateResult =>
    html`<label class="toggle"
      ><input
        type="checkbox"
        .checked=${layout[name]}
        @change=${() => {
          setLayout({ ...layout, [name]: !layout[name] });
        }}
      />${label}</label
    >`;
  return html`${toggle('sideBySide', reviewWords.sideBySide)} ${toggle('ignoresBlanks', reviewWords.blanks)}`;
}

function openView({ openFile }: FileHead): TemplateResult {
  return iconButton('go-to-file', reviewWords.openFile, openFile);
}

function decideView({ file, keepFile, undoFile }: FileHead): (TemplateResult | typeof nothing)[] {
  const isOpen = file.state === 'pending' || file.state === 'partly';
  return [
    isOpen ? button(reviewWords.keepFile, keepFile) : nothing,
    file.state === 'undone' ? nothing : button(reviewWords.undoFile, undoFile),
  ];
}
