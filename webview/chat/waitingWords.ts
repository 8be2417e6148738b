import { formatLimit, formatRange } from '../../src/core/formatTokens.ts';
import type { Millitokens } from '../../src/core/tokens.ts';
import { l10n } from '../l10n.ts';

/** What is said of messages that wait behind the one being answered. */
export const waitingWords = {
  sendsNext: l10n('Sends next'),
  held: l10n('Not sent: the last message didn’t finish.'),
  sendNow: l10n('Send now'),
  sendLater: l10n('Send when this answer is done'),
  waits: l10n('Waits. It sends when this answer is done.'),
  merge: (saves: Millitokens): string => l10n('Merge into one · saves about {saves}', { saves: formatLimit(saves) }),
  edit: (text: string): string => l10n('Edit: {text}', { text }),
  drop: (text: string): string => l10n('Drop: {text}', { text }),
  price: (low: Millitokens, high: Millitokens): string => formatRange(low, high),
};
