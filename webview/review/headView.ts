import { html, nothing, type TemplateResult } from 'lit';
import type { Review } from '../../src/protocol/review.ts';
import { receiptDetails } from '../chat/receiptDetails.ts';
import { button } from '../components/button.ts';
import { lineCounts } from '../components/lineCounts.ts';
import { linkButton } from '../components/linkButton.ts';
import { standingLines } from '../components/standingLines.ts';
import { reviewWords } from './reviewWords.ts';

type Generation = Extract<Review, { kind: 'generation' }>;

export interface HeadPresses {
  readonly keepAll: () => void;
  readonly undoAll: () => void;
  readonly rollBack: () => void;
  readonly redo: () => void;
}

/** What was asked for, how much it changed and cost, and what is done with all of it. */
export function headView(review: Generation, canDecide: boolean, presses: HeadPresses): TemplateResult {
  const files = review.files.filter(({ kind }) => kind !== 'outside');
  return html`<header class="review-head">
    <h1 title=${review.prompt}>${review.prompt || reviewWords.title}</h1>
    <div class="review-actions">
      <span class="summary">${reviewWords.summary(files.length)} ${lineCounts(standingLines(files))}</span>
      <span class="spacer"></span> ${canDecide ? decideAll(review, presses) : nothing}
      ${review.canRedo ? button(reviewWords.redo, presses.redo, { title: reviewWords.redoHint }) : nothing}
    </div>
    ${costView(review, canDecide && isStanding(review) ? presses.rollBack : null)}
    ${review.canUndo ? nothing : html`<p class="aside">${reviewWords.restricted}</p>`}
  </header>`;
}

function decideAll(review: Generation, presses: HeadPresses): (TemplateResult | typeof nothing)[] {
  const ours = review.files.filter(({ kind }) => kind !== 'outside');
  const open = ours.some(({ state }) => state === 'pending' || state === 'partly');
  return [
    open ? button(reviewWords.keepAll, presses.keepAll, { primary: true, title: reviewWords.keepAllHint }) : nothing,
    isStanding(review) ? button(reviewWords.undoAll, presses.undoAll, { title: reviewWords.undoAllHint }) : nothing,
  ];
}

/** Whether anything of it is left to be undone. */
function isStanding({ files }: Generation): boolean {
  return files.some(({ kind, state }) => kind !== 'outside' && state !== 'undone');
}

function costView({ receipt, isFree, running }: Generation, rollBack: (() => void) | null): TemplateResult {
  const back =
    rollBack === null
      ? nothing
      : linkButton(reviewWords.rollBack, rollBack, { title: reviewWords.rollBackHint, className: 'roll-back' });
  if (running) return html`<p class="receipt">${reviewWords.running}</p>`;
  if (receipt === null)
    return html`<p class="bare-actions">${isFree ? html`<span>${reviewWords.free}</span>` : nothing} ${back}</p>`;
  return receiptDetails(receipt, back);
}
