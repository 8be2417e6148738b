import { formatCharge } from '../../src/core/formatTokens.ts';
import { millitokens, type Millitokens } from '../../src/core/tokens.ts';
import { l10n } from '../l10n.ts';
import type { UsageKey } from './accountApi.ts';

/** What the usage section says. */
export const usageWords = {
  title: l10n('Usage'),
  chart: l10n('Chart of the usage. The table below it has the same numbers.'),
  by: l10n('Sum by'),
  keys: {
    day: l10n('Day'),
    project: l10n('Project'),
    model: l10n('Model'),
    session: l10n('Chat'),
  } satisfies Record<UsageKey, string>,
  range: l10n('From'),
  ranges: {
    period: l10n('This period'),
    month: l10n('30 days'),
    quarter: l10n('90 days'),
  },
  table: l10n('As a table'),
  charged: l10n('Tokens'),
  generations: l10n('Messages'),
  none: l10n('Nothing was used in this time.'),
  total: (charged: Millitokens): string => l10n('{charged} tokens in all', { charged: formatCharge(charged) }),
  amount: (charged: Millitokens): string => formatCharge(charged),
  axis: (tokens: number): string => tokens.toLocaleString(),
  sum: (all: readonly Millitokens[]): Millitokens => millitokens(all.reduce((sum, each) => sum + each, 0)),
};

export type UsageRange = keyof typeof usageWords.ranges;
