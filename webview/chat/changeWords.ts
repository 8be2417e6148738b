import { l10n, l10nCount } from '../l10n.ts';

/** What is said of the files that answers changed, and of what becomes of them. */
export const changeWords = {
  bar: l10n('Changes that are not yet kept'),
  files: (count: number): string => l10nCount(count, '{n} file', '{n} files'),
  open: (path: string): string => l10n('Open {path}', { path }),
  keepAll: l10n('Keep all'),
  undoAll: l10n('Undo all'),
  undoAllHint: l10n('Shows first what it would do. It can be redone.'),
  review: l10n('Review'),
  reviewLabel: l10n('Review all changes'),
  keepFile: (path: string): string => l10n('Keep {path}', { path }),
  undoFile: (path: string): string => l10n('Undo {path}', { path }),
  keepHunk: l10n('Keep this change'),
  undoHunk: l10n('Undo this change'),
  kept: l10n('Kept'),
  undone: l10n('Undone'),
  partly: l10n('Partly undone'),
  partlyUndone: l10n('partly undone'),
  decided: (files: number): string => l10nCount(files, '{n} file is not yet kept.', '{n} files are not yet kept.'),
  allDecided: l10n('All changes are decided.'),
};
