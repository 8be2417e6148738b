import { html, nothing, type TemplateResult } from 'lit';
import { linkTarget } from './linkTarget.ts';
import { messageWords } from './messageWords.ts';

/** Where somebody can be asked; nothing for an address that is none of the web's. */
export function supportLink(url: string): TemplateResult | typeof nothing {
  const target = linkTarget(url);
  return target.kind === 'web' ? html`<a href=${target.href}>${messageWords.support}</a>` : nothing;
}
