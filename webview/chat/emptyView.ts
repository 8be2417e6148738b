import { html, nothing, type TemplateResult } from 'lit';
import type { Composer } from '../../src/protocol/chat.ts';
import { icon } from '../components/icon.ts';
import { draftPrice } from './draftPrice.ts';
import { starters } from './starters.ts';
import { words } from './words.ts';

/** A conversation that has not begun: what this is for, and three requests to begin with, each with its price. */
export function emptyView(composer: Composer, choose: (prompt: string) => void): TemplateResult {
  return html`<div class="empty">
    ${icon('comment-discussion', 'empty-icon')}
    <p class="greeting">${words.greeting}</p>
    <p class="aside">${words.greetingPromise}</p>
    <div class="starters">
      ${starters.map(({ title, iconName, prompt }) => {
        const price = draftPrice(composer, prompt);
        return html`<button
          type="button"
          class="starter"
          title=${prompt}
          @click=${() => {
            choose(prompt);
          }}
        >
          ${icon(iconName)}<span class="starter-title">${title}</span>
          ${price === null ? nothing : html`<span class="starter-price">${words.range(price.low, price.high)}</span>`}
        </button>`;
      })}
    </div>
  </div>`;
}
