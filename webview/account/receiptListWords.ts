import { formatCharge } from '../../src/core/formatTokens.ts';
import type { GenerationBody } from '../../src/protocol/api.ts';
import { l10n, l10nCount } from '../l10n.ts';

/** What the list of receipts says. */
export const receiptListWords = {
  title: l10n('Receipts'),
  search: l10n('Search receipts'),
  exportCsv: l10n('Export CSV'),
  exported: (receipts: number): string => l10nCount(receipts, '{n} receipt exported.', '{n} receipts exported.'),
  found: (receipts: number): string => l10nCount(receipts, '{n} receipt', '{n} receipts'),
  noneFound: l10n('No receipt has all of these words.'),
  none: l10n('A receipt is here for each message.'),
  more: l10n('Show more'),
  date: l10n('Date'),
  model: l10n('Model'),
  project: l10n('Project'),
  parts: {
    message: l10n('Message'),
    prompt: l10n('Your words'),
    context: l10n('Files and history'),
    response: l10n('Answer'),
  } satisfies Record<keyof GenerationBody['parts'], string>,
  charged: l10n('Tokens'),
  charge: ({ state, charged }: GenerationBody): string =>
    state === 'open' ? l10n('{charged} so far', { charged: formatCharge(charged) }) : formatCharge(charged),
};
