import type { Wording } from '../meter/statusBarView.ts';
import { CheckpointError, type CheckpointErrorKind } from '../node/checkpoints/checkpointError.ts';

/**
 * Why files could not be rolled back or redone, as a person is told it: what it means for the files, and what can be
 * done. Any other error speaks for itself.
 */
export function checkpointFailure(error: unknown, l10n: Wording['l10n']): string {
  if (!(error instanceof CheckpointError)) return error instanceof Error ? error.message : String(error);
  const { path = '', code = error.kind } = error.details;
  const sentence = sentences(path, l10n)[error.kind];
  return sentence ?? l10n.t('Nothing was changed: the system refused {0} ({1}).', path, code);
}

function sentences(path: string, l10n: Wording['l10n']): Partial<Record<CheckpointErrorKind, string>> {
  return {
    diskFull: l10n.t('The disk is full, so nothing was changed. Free some space and try again.'),
    readOnly: l10n.t('{0} can’t be written: it or its folder is read-only. Nothing was changed.', path),
    locked: l10n.t('{0} is in use by another program. Nothing was changed. Close it there and try again.', path),
    changedMeanwhile: l10n.t('{0} was changed by something else just now, so nothing was changed. Try again.', path),
    damaged: l10n.t('The checkpoint of {0} is damaged, so nothing was changed.', path),
    newerFormat: l10n.t(
      'These checkpoints were written by a newer version of Tokenfare. Your files stay as they are. Update Tokenfare to roll back.',
    ),
    busy: l10n.t('Another window is at work on these checkpoints. Nothing was changed. Try again in a moment.'),
    unknown: l10n.t('This checkpoint was dropped, so it can’t be rolled back any more. Your files stay as they are.'),
  };
}
