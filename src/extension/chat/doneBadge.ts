import type { l10n, WebviewView } from 'vscode';
import type { ChatListener } from './chatSession.ts';

/** The view, as far as a badge goes. */
export type BadgedView = Pick<WebviewView, 'visible' | 'badge' | 'onDidChangeVisibility'>;

/**
 * Shows on the view's icon how many answers ended while the person was elsewhere, until they look. The answer ends
 * that.
 */
export function doneBadge(
  view: BadgedView,
  session: { onDidChange(listener: ChatListener): () => void },
  { t }: Pick<typeof l10n, 't'>,
): () => void {
  let ended = 0;
  const unlisten = session.onDidChange((_before, _after, { kind }) => {
    if (kind !== 'ended' || view.visible) return;
    ended += 1;
    const tooltip = ended === 1 ? t('An answer is there') : t('{0} answers are there', ended);
    view.badge = { value: ended, tooltip };
  });
  const seen = view.onDidChangeVisibility(() => {
    if (!view.visible) return;
    ended = 0;
    view.badge = undefined;
  });
  return () => {
    unlisten();
    seen.dispose();
  };
}
