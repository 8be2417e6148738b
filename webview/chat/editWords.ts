import { l10n, l10nCount } from '../l10n.ts';

/** What is said of an earlier message that is sent again in other words. */
export const editWords = {
  edit: l10n('Edit and send again'),
  editing: l10n('Instead of an earlier message'),
  later: (count: number): string => l10nCount(count, '{n} later message goes', '{n} later messages go'),
  rollBackFiles: (count: number): string => l10nCount(count, 'Roll back {n} file', 'Roll back {n} files'),
  cancel: l10n('Don’t edit'),
  conflicts: l10n(
    'You changed files since in the same places. Decide above what happens to them; your words are kept.',
  ),
};
