import { html, type TemplateResult } from 'lit';

/** A quiet button that reads as a link in a line of text. */
export function linkButton(
  label: string,
  press: (event: Event) => void,
  options: LinkButtonOptions = {},
): TemplateResult {
  return html`<button
    type="button"
    class="link ${options.className ?? ''}"
    title=${options.title ?? ''}
    ?disabled=${options.disabled ?? false}
    @click=${press}
  >
    ${label}
  </button>`;
}

export interface LinkButtonOptions {
  readonly title?: string;
  readonly className?: string;
  readonly disabled?: boolean;
}
