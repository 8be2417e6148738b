import { html, nothing, type TemplateResult } from 'lit';
import type { ReviewedFile } from '../../src/protocol/review.ts';
import { icon } from '../components/icon.ts';
import { lineCounts } from '../components/lineCounts.ts';
import { standingLines } from '../components/standingLines.ts';
import { reviewWords } from './reviewWords.ts';

/** The files of a generation; a press shows one. Nothing of a file is read for its row. */
export function fileListView(
  files: readonly ReviewedFile[],
  selected: string,
  select: (path: string) => void,
): TemplateResult {
  return html`<nav class="file-list" aria-label=${reviewWords.files} @keydown=${onArrow}>
    <ul>
      ${files.map((file) => rowView(file, file.path === selected, select))}
    </ul>
  </nav>`;
}

function rowView(file: ReviewedFile, isSelected: boolean, select: (path: string) => void): TemplateResult {
  const at = file.path.lastIndexOf('/') + 1;
  const state = reviewWords.state(file);
  const kind = reviewWords.kind(file);
  return html`<li>
    <button
      type="button"
      class="file ${file.kind} ${file.state}"
      title="${file.path}: ${kind}${state === '' ? '' : `, ${state}`}"
      aria-current=${isSelected ? 'true' : 'false'}
      @click=${() => {
        select(file.path);
      }}
    >
      ${icon(icons[file.kind])}<span class="sr-only">${kind}</span
      ><span class="path"
        ><span class="name">${file.path.slice(at)}</span> <span class="folder">${file.path.slice(0, at)}</span></span
      >
      ${state === '' ? nothing : html`<span class="state">${state}</span>`}
      ${file.kind === 'outside' ? nothing : lineCounts(standingLines([file]))}
    </button>
  </li>`;
}

const icons: Record<ReviewedFile['kind'], string> = {
  created: 'diff-added',
  edited: 'diff-modified',
  deleted: 'diff-removed',
  renamed: 'diff-renamed',
  outside: 'circle-slash',
};

/** Up and Down go from row to row, as in every list of files. */
function onArrow(event: KeyboardEvent): void {
  if (event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
  const row = document.activeElement?.closest('li');
  const next = event.key === 'ArrowDown' ? row?.nextElementSibling : row?.previousElementSibling;
  const target = next?.querySelector('button');
  if (!target) return;
  event.preventDefault();
  target.focus();
}
