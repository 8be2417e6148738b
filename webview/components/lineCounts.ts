import { html, nothing, type TemplateResult } from 'lit';
import type { Lines } from './standingLines.ts';

/** "+12 −3": how many lines were added and removed; "+0" where nothing else can be said, nothing where nobody knows. */
export function lineCounts(lines: Lines | null): TemplateResult | typeof nothing {
  if (lines === null) return nothing;
  const { added, removed } = lines;
  const plus = added > 0 || removed === 0 ? html`<span class="added">+${added}</span>` : nothing;
  const minus = removed > 0 ? html`<span class="removed">−${removed}</span>` : nothing;
  return html`<span class="lines">${plus} ${minus}</span>`;
}
