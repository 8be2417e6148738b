import { DiffView } from './diffView.ts';
import { followTheme } from './followTheme.ts';
import { registerLanguages } from './registerLanguages.ts';

/**
 * Brings Monaco into the page: its languages, the editor's colours, and the element that shows a diff. `changed` is
 * told whenever the colours are others.
 */
export function startDiffs(page: HTMLElement, changed: () => void): void {
  registerLanguages();
  customElements.define('tokenfare-diff', DiffView);
  followTheme(page, changed);
}
