import type { SlashName } from '../../src/core/slashCommand.ts';
import { l10n } from '../l10n.ts';

const does: Readonly<Record<SlashName, string>> = {
  fix: l10n('Fix the selection or open file'),
  explain: l10n('Explain the selection or open file'),
  tests: l10n('Write tests for selection or file'),
  doc: l10n('Document the selection or open file'),
  plan: l10n('Plan without touching a file'),
  batch: l10n('Collect for later, 0 tokens now'),
  free: l10n('Change a style or text here, 0 tokens'),
  rollback: l10n('Roll back the last or another answer'),
  clear: l10n('New chat; this one stays in the history'),
};

/** What is said of the commands that a message can begin with. */
export const slashWords = {
  commands: l10n('Commands'),
  does,
  /** The price of what is done here. */
  free: l10n('0 tokens'),
  nothingToWorkOn: l10n('Open a file, select code or say what is meant. Your draft is kept; 0 tokens.'),
};
