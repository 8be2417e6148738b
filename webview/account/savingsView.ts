import { html, type TemplateResult } from 'lit';
import { millitokens } from '../../src/core/tokens.ts';
import type { SavedByKind } from '../../src/protocol/account.ts';
import { accountWords } from './accountWords.ts';

/** What free edits, batches and roll backs saved; on the web it is said where to find that. */
export function savingsView(savings: SavedByKind | null): TemplateResult {
  return html`<section aria-label=${accountWords.savings}>
    <h2>${accountWords.savings}</h2>
    ${savings === null ? html`<p class="aside">${accountWords.savedElsewhere}</p>` : sumsView(savings)}
  </section>`;
}

function sumsView(savings: SavedByKind): TemplateResult {
  if (Object.values(savings).every((saved) => saved === 0)) {
    return html`<p class="aside">${accountWords.nothingSaved}</p>`;
  }
  const all = Object.values(savings).reduce((sum, saved) => sum + saved, 0);
  return html`<p>${accountWords.savedInAll(millitokens(all))}</p>
    <ul class="pairs">
      ${Object.entries(savings).map(
        ([kind, saved]) =>
          html`<li>
            <span>${accountWords.savedBy(kind)}</span>
            <span class="number">${accountWords.saved(millitokens(saved))}</span>
          </li>`,
      )}
    </ul>`;
}
