import type { KeyBody } from '../../src/protocol/api.ts';
import { l10n } from '../l10n.ts';
import { days } from './days.ts';

/** What is said of API keys. */
export const keyWords = {
  title: l10n('API keys'),
  what: l10n('For other clients: any OpenAI client works with this backend, and its calls are metered the same way.'),
  address: l10n('Their base URL'),
  none: l10n('There are no API keys.'),
  name: l10n('Name of the key'),
  create: l10n('Create key'),
  shownOnce: l10n('Copy this key now. It is not shown again.'),
  newKey: l10n('New API key'),
  revoke: l10n('Revoke'),
  revokeLabel: (name: string): string => l10n('Revoke {name}', { name }),
  revokeAsked: (name: string): string =>
    l10n('Revoke {name}? Clients that use it are refused at once, and it can’t be brought back.', { name }),
  revoked: (name: string): string => l10n('{name} is revoked. Clients that use it are refused from now on.', { name }),
  used: ({ createdAt, lastUsedAt }: KeyBody): string =>
    lastUsedAt === null
      ? l10n('made {date}, never used', { date: days.day(createdAt) })
      : l10n('made {date}, last used {used}', { date: days.day(createdAt), used: days.dayAndTime(lastUsedAt) }),
};
