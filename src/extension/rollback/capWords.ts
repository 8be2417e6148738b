import type { Wording } from '../meter/statusBarView.ts';
import { megabytes } from './megabytes.ts';

/** Enough to recognise what goes; the rest is counted. */
const NAMED = 3;

/** Enough of a prompt to recognise it by. */
const PROMPT_CHARACTERS = 40;

/** What is said before checkpoints go because of their size or age: which, how much that frees, and what it means. */
export function capWords(
  generations: readonly { readonly prompt: string; readonly at: string }[],
  bytes: number,
  { l10n, dates, locale }: Wording,
): string {
  const named = generations.slice(0, NAMED).map(({ prompt, at }) => {
    const words = shortened(prompt) || l10n.t('no prompt');
    return at === '' ? `“${words}”` : `“${words}” (${dates.day(at)})`;
  });
  const rest = generations.length - named.length;
  const names = rest === 0 ? named.join(', ') : l10n.t('{0} and {1} more', named.join(', '), rest);
  return l10n.t(
    'The oldest checkpoints are over the limits of size or age: {0}. They go when you close this message, which frees {1} MB; your files stay as they are, but those changes can’t be rolled back any more.',
    names,
    megabytes(bytes, locale),
  );
}

function shortened(prompt: string): string {
  const line = prompt.trim().replace(/\s+/g, ' ');
  return line.length <= PROMPT_CHARACTERS ? line : `${line.slice(0, PROMPT_CHARACTERS).trimEnd()}…`;
}
