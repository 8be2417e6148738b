import { html, nothing, type TemplateResult } from 'lit';
import type { Estimate } from '../../src/core/estimate.ts';
import type { Status } from '../../src/protocol/chat.ts';
import { linkButton } from '../components/linkButton.ts';
import { rowView } from './receiptDetails.ts';
import { receiptWords } from './receiptWords.ts';
import type { SendState } from './sendState.ts';
import { slashWords } from './slashWords.ts';
import { words } from './words.ts';

/**
 * The price of the draft, or the live spend while an answer runs. The visible text follows every key and is for the
 * eye; the status beside it follows slowly and is for the ear.
 */
export function estimateView(line: EstimateLine): TemplateResult {
  const { price, spoken } = line;
  return html`<div class="estimate">
      <span class="price" aria-hidden="true">${visibleText(line)}</span>
      <span class="sr-only" role="status" aria-label=${words.estimatedCost}
        >${spoken === null ? '' : words.price(spoken.low, spoken.high, spoken.stopsAt)}</span
      >
      ${
        price === null || line.status.running !== null
          ? nothing
          : html`<button
              type="button"
              class="link"
              aria-expanded=${line.whyOpen}
              aria-controls="estimate-reasons"
              title=${line.whyOpen ? '' : summary(price)}
              @click=${line.toggleWhy}
            >
              ${words.why}
            </button>`
      }
    </div>
    <div id="estimate-reasons" ?hidden=${!line.whyOpen || price === null}>
      ${price === null ? nothing : reasons(price)}
    </div>
    ${notEnough(line)}`;
}

export interface EstimateLine {
  readonly price: Estimate | null;
  readonly spoken: Estimate | null;
  readonly whyOpen: boolean;
  readonly status: Status;
  readonly send: SendState;
  readonly hasText: boolean;
  readonly toggleWhy: () => void;
  readonly upgrade: () => void;
}

function visibleText({ price, status, hasText, send }: EstimateLine): string {
  if (status.running !== null) return words.spentSoFar(status.running.spent, status.running.stopsAt);
  if (send.kind === 'here') return slashWords.free;
  if (price !== null) return words.price(price.low, price.high, price.stopsAt);
  return hasText ? words.noPriceYet : '';
}

function reasons(price: Estimate): TemplateResult {
  return html`<ul class="rows" aria-label=${receiptWords.usually}>
    ${price.reasons.map((reason) => rowView(receiptWords.reason(reason, price.kind)))}
  </ul>`;
}

/** The reasons on one line each, for the tooltip. */
function summary(price: Estimate): string {
  return price.reasons
    .map((reason) => receiptWords.reason(reason, price.kind))
    .map(({ name, value, note }) => `${name} ${value}${note === undefined ? '' : ` (${note})`}`)
    .join('\n');
}

function notEnough({ price, status, send, upgrade }: EstimateLine): TemplateResult | typeof nothing {
  if (send.kind !== 'mayStop' || price === null || status.account === null) return nothing;
  const { available } = status.account.balance;
  return html`<p class="not-enough">
    ${words.notEnough(available, price.low, price.high)} ${linkButton(words.upgrade, upgrade)}
  </p>`;
}
