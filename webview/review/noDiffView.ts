import { html, nothing, type TemplateResult } from 'lit';
import type { ReviewedFile } from '../../src/protocol/review.ts';
import { spinner } from '../components/spinner.ts';
import type { DiffDocument } from './diffDocument.ts';
import { reviewWords } from './reviewWords.ts';

/** Why there is no diff of a file, in words; nothing where there is one. */
export function noDiffView(file: ReviewedFile, document: DiffDocument | null): TemplateResult | typeof nothing {
  if (file.kind === 'outside') return plain(reviewWords.outside);
  if (document === null) return html`<p class="plain">${spinner()} ${reviewWords.loading}</p>`;
  if (document.kind === 'damaged') return plain(reviewWords.damaged);
  if (document.kind === 'texts') return document.hunks.length === 0 ? plain(whyEmpty(file, document)) : nothing;
  const { before, now } = document.sides;
  return html`<div class="plain">
    <p>${reviewWords.other}</p>
    <dl class="sides">
      <dt>${reviewWords.was}</dt>
      <dd>${reviewWords.side(before)}</dd>
      <dt>${reviewWords.is}</dt>
      <dd>${reviewWords.side(now)}</dd>
    </dl>
  </div>`;
}

function plain(sentence: string): TemplateResult {
  return html`<p class="plain">${sentence}</p>`;
}

function whyEmpty(
  { kind, from, state }: ReviewedFile,
  { blankOnly }: Extract<DiffDocument, { kind: 'texts' }>,
): string {
  if (kind === 'renamed' && state !== 'undone' && blankOnly === 0) return reviewWords.moved(from ?? '');
  return blankOnly > 0 ? reviewWords.blankOnly(blankOnly) : reviewWords.same;
}
