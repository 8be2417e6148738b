import { formatCharge } from '../../core/formatTokens.ts';
import type { Wording } from '../meter/statusBarView.ts';
import type { HistoryHit } from './searchHistory.ts';

/** A line of the list of conversations, in words. */
export interface HistoryItem {
  readonly label: string;
  readonly description: string;
  /** On a line of its own: a long title leaves no room beside it. */
  readonly detail: string;
}

/** A conversation as a line to pick: its title, when it was last used, its length, its cost, and what was found. */
export function historyItem(
  hit: HistoryHit,
  { isShown, isRunning }: { readonly isShown: boolean; readonly isRunning: boolean },
  { l10n, dates, locale }: Wording,
): HistoryItem {
  const { title, isPinned, at, messages, waiting, charged, snippet } = hit;
  const length = messages === 1 ? l10n.t('1 message') : l10n.t('{0} messages', messages);
  const waits = waiting === 0 ? [] : [l10n.t('{0} not sent yet', waiting)];
  const cost = l10n.t('{0} tokens', formatCharge(charged, locale));
  const states = [...(isShown ? [l10n.t('shown now')] : []), ...(isRunning ? [l10n.t('running')] : [])];
  return {
    label: `${isRunning ? '$(loading~spin) ' : ''}${isPinned ? '$(pinned) ' : ''}${title || l10n.t('No title')}`,
    description: states.join(' · '),
    detail: [...waits, dates.dayAndTime(at), length, cost, snippet].filter(Boolean).join(' · '),
  };
}
