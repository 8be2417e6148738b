import type { GenerationState } from '../../core/checkpoint.ts';
import { formatCharge } from '../../core/formatTokens.ts';
import type { Millitokens } from '../../core/tokens.ts';
import type { Wording } from '../meter/statusBarView.ts';
import type { KeptGeneration } from './keptGenerations.ts';

/** A line of the list of generations, in words. */
export interface RollbackItem {
  readonly label: string;
  /** On a line of its own: a long prompt leaves no room beside it. */
  readonly detail: string;
}

/** Enough of a prompt to recognise it by in one line. */
const PROMPT_CHARACTERS = 80;

/** As many names as fit into a line; all of them are found by typing, because the search reads the whole list. */
const SHOWN_FILES = 4;

/**
 * A generation as a line to pick: its prompt, time and state, cost and files. `charged` is what it cost; undefined if
 * that is not known, and then nothing is said of it.
 */
export function rollbackItem(
  generation: KeptGeneration,
  charged: Millitokens | undefined,
  { l10n, dates, locale }: Wording,
): RollbackItem {
  const { prompt, at, state, files, redo } = generation;
  const cost = charged === undefined ? [] : [l10n.t('{0} tokens', formatCharge(charged, locale))];
  const time = at === '' ? [] : [dates.dayAndTime(at)];
  return {
    label: `$(${icons[state]}) ${shortened(prompt) || l10n.t('No prompt')}`,
    detail: [...time, stateWord(state, l10n), ...redoWord(state, redo, l10n), ...cost, filesOf(files, l10n)]
      .filter(Boolean)
      .join(' · '),
  };
}

const icons: Record<GenerationState, string> = {
  open: 'loading~spin',
  kept: 'check',
  rolledBack: 'discard',
  partly: 'circle-large-outline',
  interrupted: 'warning',
};

function stateWord(state: GenerationState, l10n: Wording['l10n']): string {
  const words: Record<GenerationState, string> = {
    open: l10n.t('running'),
    // Whether the person keeps it is said in the chat; here it stands whole.
    kept: l10n.t('done'),
    rolledBack: l10n.t('rolled back'),
    partly: l10n.t('partly rolled back'),
    interrupted: l10n.t('interrupted'),
  };
  return words[state];
}

/** What is rolled back whole can only be redone, and says so before it is picked. */
function redoWord(state: GenerationState, redo: string | null, l10n: Wording['l10n']): string[] {
  return state === 'rolledBack' && redo !== null ? [l10n.t('pick to redo')] : [];
}

function filesOf(files: readonly string[], l10n: Wording['l10n']): string {
  const shown = files.slice(0, SHOWN_FILES).join(', ');
  return files.length <= SHOWN_FILES ? shown : l10n.t('{0} and {1} more', shown, files.length - SHOWN_FILES);
}

function shortened(prompt: string): string {
  const line = prompt.trim().replace(/\s+/g, ' ');
  return line.length <= PROMPT_CHARACTERS ? line : `${line.slice(0, PROMPT_CHARACTERS).trimEnd()}…`;
}
