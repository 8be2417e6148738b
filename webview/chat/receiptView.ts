import { html, nothing, type TemplateResult } from 'lit';
import type { Receipt } from '../../src/protocol/chat.ts';
import { icon } from '../components/icon.ts';
import { linkButton } from '../components/linkButton.ts';
import type { Answer } from './answerView.ts';
import type { Ask } from './ask.ts';
import { messageWords } from './messageWords.ts';
import { receiptWords, type ReceiptRow } from './receiptWords.ts';

/** What an answer cost: one line, and opened its four parts beside the estimate. */
export function receiptView(message: Answer, receipt: Receipt, ask: Ask): TemplateResult {
  return html`<div class="receipt" role="group" aria-label=${receiptWords.receipt}>
    <details>
      <summary>${icon('chevron-right', 'twistie')}<span>${receiptWords.closed(receipt)}</span></summary>
      <div class="receipt-body">
        <ul class="rows">
          ${receiptWords.rows(receipt).map(rowView)}
        </ul>
        <p>${receiptWords.why(receipt)}</p>
      </div>
    </details>
    <div class="receipt-actions">${actions(message, ask)}</div>
  </div>`;
}

/** A named amount with a note, in a receipt or among an estimate's reasons. */
export function rowView(row: ReceiptRow): TemplateResult {
  return html`<li>
    <span class="name">${row.name}</span> <span class="amount">${row.value}</span>
    <span class="note">${row.note ?? nothing}</span>
  </li>`;
}

function actions(message: Answer, ask: Ask): (TemplateResult | typeof nothing)[] {
  const hasChanges = message.changes.length > 0 && message.changesState !== 'rolledBack';
  const text = message.parts.flatMap((part) => (part.kind === 'text' ? part.text : [])).join('\n\n');
  return [
    hasChanges
      ? linkButton(messageWords.review, () => {
          ask((extension) => extension.reviewChanges(message.id));
        })
      : nothing,
    message.changesState === 'rolledBack' || nothingHappened(message)
      ? nothing
      : linkButton(
          messageWords.rollBack,
          () => {
            ask((extension) => extension.previewRollback(message.id));
          },
          { className: 'roll-back' },
        ),
    text === ''
      ? nothing
      : linkButton(
          receiptWords.copy,
          () => {
            ask((extension) => extension.copy(text));
          },
          { title: receiptWords.copyHint },
        ),
  ];
}

/** A refusal or a failure that changed no file leaves nothing to go back from. */
function nothingHappened({ changes, state }: Answer): boolean {
  return changes.length === 0 && (state === 'refused' || state === 'failed');
}
