import { formatCharge } from '../../src/core/formatTokens.ts';
import type { Review, ReviewedFile, Side } from '../../src/protocol/review.ts';
import { l10n, l10nCount } from '../l10n.ts';

type Lost = Extract<Review, { kind: 'lost' }>;

/** What the review page says. */
export const reviewWords = {
  loading: l10n('Opening the review…'),
  notLoaded: l10n('The review couldn’t load.'),
  nothing: l10n('There is nothing to review. Once an answer or a free edit has changed files, they are shown here.'),
  lost: ({ reason, detail }: Lost): string =>
    reason === 'dropped'
      ? l10n('The checkpoint of this message was dropped to save space. Your files stay as they are.')
      : l10n('The checkpoint of this message can’t be read: {detail}. Your files stay as they are.', { detail }),
  noFiles: l10n('No files are changed yet.'),
  noFilesLeft: l10n('This message changed no files.'),
  running: l10n('Still running. You can decide once it is done.'),
  restricted: l10n('Nothing may be written here, so nothing can be undone.'),
  callFailed: l10n('That didn’t work. Your files are as they were.'),
  showLog: l10n('Show Log'),

  title: l10n('Review'),
  summary: (files: number): string => l10nCount(files, '{n} file', '{n} files'),
  free: l10n('Free edit, 0 tokens'),
  charge: (millitokens: Parameters<typeof formatCharge>[0]): string =>
    l10n('{charge} tokens', { charge: formatCharge(millitokens) }),
  files: l10n('Changed files'),
  keep: l10n('Keep'),
  undo: l10n('Undo'),
  kept: l10n('Kept'),
  keepAll: l10n('Keep all'),
  undoAll: l10n('Undo all'),
  undoAllHint: l10n('Takes back what this message changed in all files. Your later edits stay. You can redo it.'),
  keepAllHint: l10n('Accept all changes. They can still be rolled back.'),
  keepFile: l10n('Keep file'),
  undoFile: l10n('Undo file'),
  keepHunkHint: l10n('Keep this change (Alt+K)'),
  undoHunkHint: l10n('Undo this change (Alt+U)'),
  rollBack: l10n('Roll back'),
  rollBackHint: l10n('Shows first what would go back: this message and all since.'),
  redo: l10n('Redo'),
  redoHint: l10n('Brings back what was undone last'),
  openFile: l10n('Open file'),

  before: (path: string): string => l10n('{path} before', { path }),
  now: (path: string): string => l10n('{path} now', { path }),
  hunk: (number: number, count: number): string => l10n('Change {number} of {count}', { number, count }),
  place: (number: number, count: number): string =>
    number === 0 ? l10nCount(count, '{n} change', '{n} changes') : l10n('{number} of {count}', { number, count }),
  laterEdit: l10n('Edited since'),
  mixed: l10n('Also edited since'),
  previousHunk: l10n('Previous change (Shift+F7)'),
  nextHunk: l10n('Next change (F7)'),
  previousFile: l10n('Previous file (Alt+Up)'),
  nextFile: l10n('Next file (Alt+Down)'),
  sideBySide: l10n('Side by side'),
  blanks: l10n('Ignore blanks'),
  blankOnly: (count: number): string =>
    l10nCount(count, '{n} change of blanks alone is hidden.', '{n} changes of blanks alone are hidden.'),
  coarse: l10n('So much differs here that it is shown as one change.'),
  onlyWhole: l10n(
    'Something else changed this file between two parts of this answer, so its changes can’t be undone one by one: Undo file takes all back.',
  ),
  same: l10n('This file is as it was before.'),
  moved: (from: string): string =>
    l10n('Its text is as it was before, when it was {from}. Undo file moves it back.', { from }),

  state: (file: ReviewedFile): string => {
    switch (file.state) {
      case 'kept':
        return l10n('kept');
      case 'undone':
        return l10n('undone');
      case 'partly':
        return l10n('partly undone');
      case 'pending':
        return '';
    }
  },
  kind: (file: ReviewedFile): string => {
    switch (file.kind) {
      case 'created':
        return l10n('created');
      case 'edited':
        return l10n('edited');
      case 'deleted':
        return l10n('deleted');
      case 'renamed':
        return l10n('renamed from {from}', { from: file.from ?? '' });
      case 'outside':
        return l10n('changed by something else, can’t be restored');
    }
  },

  damaged: l10n('The checkpoint of this file is damaged. It can’t be shown or restored; the file stays as it is.'),
  outside: l10n('Something else changed this file while the answer was written, so it can’t be restored.'),
  other: l10n('This file can’t be shown as text.'),
  was: l10n('Before'),
  is: l10n('Now'),
  side: (side: Side): string => {
    switch (side.kind) {
      case 'absent':
        return l10n('not there');
      case 'text':
        return l10n('text');
      case 'binary':
        return l10n('binary, {size}', { size: size(side.bytes) });
      case 'link':
        return l10n('link to {target}', { target: side.target });
      case 'folder':
        return l10n('folder');
      case 'damaged':
        return l10n('damaged');
    }
  },

  undone: (files: number): string => l10nCount(files, 'Undone in {n} file.', 'Undone in {n} files.'),
  redone: (files: number): string => l10nCount(files, '{n} file is back.', '{n} files are back.'),
  leftDamaged: (paths: readonly string[]): string =>
    l10n('{paths} couldn’t be restored: the checkpoint is damaged.', { paths: paths.join(', ') }),

  decide: l10n('The same lines were edited since. Nothing is undone until you decide.'),
  overlap: (line: number): string => l10n('Line {line}', { line }),
  wholeFile: l10n('The whole file'),
  mine: l10n('Keep mine'),
  old: l10n('Take the old'),
  both: l10n('Take both'),
  emptyText: l10n('(nothing)'),
  decideUndo: l10n('Undo like this'),
  undecided: (count: number): string => l10nCount(count, '{n} place to decide', '{n} places to decide'),
  cancel: l10n('Cancel'),
};

/** "512 bytes", "1.5 MB": as people say how large a file is. */
function size(bytes: number): string {
  if (bytes < 1000) return l10nCount(bytes, '{n} byte', '{n} bytes');
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${value.toLocaleString(undefined, { maximumFractionDigits: 1 })} ${unit}`;
}
