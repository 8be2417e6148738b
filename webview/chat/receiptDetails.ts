import { html, nothing, type TemplateResult } from 'lit';
import type { Receipt } from '../../src/protocol/chat.ts';
import { icon } from '../components/icon.ts';
import { receiptWords, type ReceiptRow } from './receiptWords.ts';

/** What a message cost: one line, and opened its four parts beside the estimate; `actions` stand under it. */
export function receiptDetails(receipt: Receipt, actions: unknown): TemplateResult {
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
    <div class="receipt-actions">${actions}</div>
  </div>`;
}

/** A named amount with a note, in a receipt or among an estimate's reasons. */
export function rowView(row: ReceiptRow): TemplateResult {
  return html`<li>
    <span class="name">${row.name}</span> <span class="amount">${row.value}</span>
    <span class="note">${row.note ?? nothing}</span>
  </li>`;
}
