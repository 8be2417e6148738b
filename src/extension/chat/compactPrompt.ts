import { l10n } from 'vscode';

/** The request for a summary that takes the place of what was said so far. */
export function compactPrompt(): string {
  return l10n.t(
    'Summarize this chat so that the work can go on from the summary alone: what is wanted, what was decided and why, ' +
      'which files were changed and how, and what is still to be done. Change no file.',
  );
}
