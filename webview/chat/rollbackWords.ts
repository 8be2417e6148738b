import type { RollbackPreview } from '../../src/protocol/rollbackPreview.ts';
import { l10n, l10nCount } from '../l10n.ts';

type PreviewedFile = RollbackPreview['files'][number];

/** What the dry run of a roll back says. */
export const rollbackWords = {
  group: l10n('Roll back preview'),
  title: (prompt: string): { before: string; prompt: string; after: string } => ({
    before: l10n('Roll back'),
    prompt: shortened(prompt),
    after: '?',
  }),
  pending: { before: l10n('Undo'), prompt: l10n('all changes that are not kept'), after: '?' },
  noFiles: l10n('No files were changed.'),
  laterMessages: (count: number): string => l10nCount(count, 'and {n} later message', 'and {n} later messages'),
  scope: l10n('How much to roll back'),
  since: l10n('This and everything since'),
  alone: l10n('This one alone'),
  what: l10n('What to roll back'),
  both: l10n('Files and chat'),
  files: l10n('Files'),
  chat: l10n('Chat'),
  onConflict: l10n('Where you and the AI changed the same lines'),
  mine: l10n('Keep mine'),
  old: l10n('Take the old'),
  compare: l10n('Compare'),
  compareHint: l10n('See both side by side, and decide line by line'),
  rollBack: l10n('Roll back'),
  cancel: l10n('Cancel'),
  free: l10n('Free. You can redo it.'),

  /** What comes after the file's name: "deleted", "−24, your edit on line 40 stays". */
  file: (file: PreviewedFile): string => {
    if (file.conflictLine !== undefined) return l10n('you and the AI changed line {line}', { line: file.conflictLine });
    const change = file.otherNames
      ? l10n('{change}; its other names (hard links) keep what they show', { change: fileChange(file) })
      : fileChange(file);
    if (file.keepsLine === undefined) return change;
    return l10n('{change}, your edit on line {line} stays', { change, line: file.keepsLine });
  },
};

/** Enough to recognise a prompt by. */
const SHOWN_CHARACTERS = 60;

function shortened(prompt: string): string {
  const line = prompt.trim().replace(/\s+/g, ' ');
  return line.length <= SHOWN_CHARACTERS ? line : `${line.slice(0, SHOWN_CHARACTERS).trimEnd()}…`;
}

function fileChange({ kind, added, removed }: PreviewedFile): string {
  switch (kind) {
    case 'deleted':
      return l10n('deleted');
    case 'recreated':
      return l10n('is back');
    case 'renamed':
      return l10n('gets its old name');
    case 'unchanged':
      return l10n('was changed by something else, not restored');
    case 'damaged':
      return l10n('its checkpoint is damaged, not restored');
    case 'restored':
      return (
        [added > 0 ? `+${added}` : '', removed > 0 ? `−${removed}` : ''].filter(Boolean).join(' ') || l10n('restored')
      );
  }
}
