import { html, type TemplateResult } from 'lit';
import { icon } from './icon.ts';

/** A button with an icon alone; its label is its accessible name and its tooltip. */
export function iconButton(name: string, label: string, press: () => void): TemplateResult {
  return html`<button type="button" class="icon-button" aria-label=${label} title=${label} @click=${press}>
    ${icon(name)}
  </button>`;
}
