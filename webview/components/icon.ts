import { html, type TemplateResult } from 'lit';

/** One of the codicons, for the eye alone. */
export function icon(name: string, className = ''): TemplateResult {
  return html`<span class="codicon codicon-${name} ${className}" aria-hidden="true"></span>`;
}
