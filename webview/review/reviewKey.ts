/** What a key means on the review page. */
export type ReviewStep = 'nextHunk' | 'previousHunk' | 'nextFile' | 'previousFile' | 'keep' | 'undo';

/** The keys of VS Code's own diffs, and Alt with an arrow for files; null for every other key. */
export function reviewKey(
  event: Pick<KeyboardEvent, 'code' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>,
): ReviewStep | null {
  if (event.ctrlKey || event.metaKey) return null;
  if (event.code === 'F7' && !event.altKey) return event.shiftKey ? 'previousHunk' : 'nextHunk';
  if (!event.altKey) return null;
  if (event.code === 'F5') return event.shiftKey ? 'previousHunk' : 'nextHunk';
  return event.shiftKey ? null : (withAlt[event.code] ?? null);
}

const withAlt: Readonly<Record<string, ReviewStep>> = {
  ArrowDown: 'nextFile',
  ArrowUp: 'previousFile',
  KeyK: 'keep',
  KeyU: 'undo',
};
