import { html, nothing, type TemplateResult } from 'lit';

/** "+12 −3": how many lines were added and removed; "+0" where nothing else can be said. */
export function lineCounts(added: number, removed: number): TemplateResult {
  const plus = added > 0 || removed === 0 ? html`<span class="added">+${added}</span>` : nothing;
  const minus = removed > 0 ? html`<span class="removed">−${removed}</span>` : nothing;
  return html`<span class="lines">${plus} ${minus}</span>`;
}
