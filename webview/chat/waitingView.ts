import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { mergedPrice } from '../../src/core/mergedPrice.ts';
import type { Composer } from '../../src/protocol/chat.ts';
import { button } from '../components/button.ts';
import { iconButton } from '../components/iconButton.ts';
import { linkButton } from '../components/linkButton.ts';
import type { Ask } from './ask.ts';
import { draftPrice } from './draftPrice.ts';
import { waitingWords } from './waitingWords.ts';

/** The messages that wait: what sends next, or why it was not sent. `done` is called after each press. */
export function waitingView(composer: Composer, ask: Ask, done: () => void): TemplateResult | typeof nothing {
  const { held, messages } = composer.waiting;
  if (messages.length === 0) return nothing;
  const act = (call: Parameters<Ask>[0]) => () => {
    ask(call);
    done();
  };
  return html`<section class="tray" aria-label=${waitingWords.sendsNext}>
    <div class="tray-head">
      <span>${held ? waitingWords.held : waitingWords.sendsNext}</span>
      ${
        held
          ? button(
              waitingWords.sendNow,
              act((extension) => extension.sendWaiting()),
            )
          : nothing
      }
      ${mergeView(
        composer,
        act((extension) => extension.mergeWaiting()),
      )}
    </div>
    <ul>
      ${repeat(
        messages,
        ({ id }) => id,
        ({ id, text }) =>
          html`<li class="tray-line">
            <span class="tray-text" title=${text}>${text}</span> ${priceView(composer, text)}
            ${iconButton(
              'edit',
              waitingWords.edit(text),
              act((extension) => extension.editWaiting(id)),
            )}
            ${iconButton(
              'close',
              waitingWords.drop(text),
              act((extension) => extension.dropWaiting(id)),
            )}
          </li>`,
      )}
    </ul>
  </section>`;
}

/** The usual price of one message of several. */
export function priceView(composer: Composer, text: string): TemplateResult | typeof nothing {
  const price = draftPrice(composer, text);
  return price === null ? nothing : html`<span class="tray-price">${waitingWords.price(price.low, price.high)}</span>`;
}

function mergeView(composer: Composer, merge: () => void): TemplateResult | typeof nothing {
  const { messages } = composer.waiting;
  const prices = messages.map(({ text }) => draftPrice(composer, text)).filter((price) => price !== null);
  if (prices.length < 2) return nothing;
  return linkButton(waitingWords.merge(mergedPrice(prices).saves), merge);
}
