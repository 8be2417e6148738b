import { l10n } from '../l10n.ts';

/** What stands in and around a file's small diff. */
export const fileDiffWords = {
  show: (path: string): string => l10n('What changed in {path}', { path }),
  group: (path: string): string => l10n('Changes of {path}', { path }),
  noText: l10n('This is no text, so there are no lines to show.'),
  noLines: l10n('No line changed: only its name or its permissions.'),
  gone: l10n('These changes are not kept any more, so they can’t be shown.'),
  more: l10n('Show all in Review'),
};
