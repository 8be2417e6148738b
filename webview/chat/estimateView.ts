import { html, nothing, type TemplateResult } from 'lit';
import type { Estimate } from '../../src/core/estimate.ts';
import type { Status } from '../../src/protocol/chat.ts';
import type { Millitokens } from '../../src/core/tokens.ts';
import { linkButton } from '../components/linkButton.ts';
import type { Ask } from './ask.ts';
import { limitWords } from './limitWords.ts';
import { rowView } from './receiptDetails.ts';
import { receiptWords } from './receiptWords.ts';
import type { SendState } from './sendState.ts';
import { slashWords } from './slashWords.ts';
import { words } from './words.ts';

/**
 * The price of the draft, behind the live spend while an answer runs. The visible text follows every key and is for the
 * eye; the status beside it follows slowly and is for the ear.
 */
export function estimateView(line: EstimateLine): TemplateResult {
  const { price, spoken } = line;
  return html`<div class="estimate">
      <span class="price">${priceView(line)}</span>
      <span class="sr-only" role="status" aria-label=${words.estimatedCost}
        >${spoken === null ? '' : said(spoken, line.send)}</span
      >
      ${
        price === null
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
    ${limitView(line)}
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
  readonly maxCharge: Millitokens | null;
  readonly budgetLeft: Millitokens | null;
  readonly ask: Ask;
  readonly toggleWhy: () => void;
  readonly upgrade: () => void;
}

function priceView({ price, status, hasText, send, budgetLeft }: EstimateLine): TemplateResult | typeof nothing {
  const { running } = status;
  if (running !== null) {
    const next = price === null ? '' : ` · ${words.next(price.low, price.high)}`;
    const why = running.budget === null ? '' : limitWords.leftOfBudget(running.budget);
    return forTheEye(words.spentSoFar(running) + next, why);
  }
  if (send.kind === 'here') return forTheEye(slashWords.free);
  if (price === null) return hasText ? forTheEye(words.noPriceYet) : nothing;
  if (isHeld(send)) return forTheEye(words.range(price.low, price.high), summary(price));
  return html`${forTheEye(`${words.range(price.low, price.high)} · `, summary(price))}<button
      type="button"
      class="link limit"
      popovertarget="message-limit"
      aria-label=${limitWords.change(price.stopsAt)}
      title=${price.stopsAt === budgetLeft ? limitWords.hintOfBudget : limitWords.hint}
      .textContent=${limitWords.stopsAt(price.stopsAt)}
    ></button>`;
}

/** Nothing can be sent until there are tokens again, so that there is nothing to stop either. */
function isHeld({ kind }: SendState): boolean {
  return kind === 'noTokens' || kind === 'overBudget';
}

function said({ low, high, stopsAt }: Estimate, send: SendState): string {
  return isHeld(send) ? words.range(low, high) : words.price(low, high, stopsAt);
}

function limitView({ price, maxCharge, ask }: EstimateLine): TemplateResult | typeof nothing {
  if (price === null) return nothing;
  return html`<tokenfare-limit .stopsAt=${price.stopsAt} .maxCharge=${maxCharge} .ask=${ask}></tokenfare-limit>`;
}

function forTheEye(text: string, onHover = ''): TemplateResult {
  return html`<span aria-hidden="true" title=${onHover}>${text}</span>`;
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
