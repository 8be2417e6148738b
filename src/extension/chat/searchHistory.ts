import type { HistoryEntry } from './historyEntry.ts';

/** A session that has every word of a search, with the place of the first. */
export interface HistoryHit extends Omit<HistoryEntry, 'text' | 'folded'> {
  /** The words around the place; empty where nothing was searched for, or the title says it already. */
  readonly snippet: string;
}

/**
 * The sessions that have every word of `query` somewhere, in any case; without a word, all of them. Pinned ones come
 * first, then those with a word in their title, then the latest.
 */
export function searchHistory(entries: readonly HistoryEntry[], query: string): HistoryHit[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = entries.filter(({ folded }) => words.every((word) => folded.includes(word)));
  const inTitle = (entry: HistoryEntry) => words.some((word) => entry.title.toLowerCase().includes(word));
  return found
    .map((entry) => ({ entry, rank: (entry.isPinned ? 0 : 2) + (inTitle(entry) ? 0 : 1) }))
    .sort((a, b) => a.rank - b.rank || (a.entry.at < b.entry.at ? 1 : -1))
    .slice(0, MOST_HITS)
    .map(({ entry }) => hitOf(entry, words));
}

/** Nobody reads a longer list; another word makes it shorter. */
const MOST_HITS = 200;
/** Behind the date, the length and the cost there is room for so much and the word. */
const BEFORE_CHARS = 16;
const SNIPPET_CHARS = 120;

function hitOf({ text, folded, ...entry }: HistoryEntry, words: readonly string[]): HistoryHit {
  const body = Math.min(entry.title.length + 1, folded.length);
  const places = words.map((word) => folded.indexOf(word, body)).filter((at) => at >= 0);
  if (places.length === 0) return { ...entry, snippet: '' };
  // Letters whose lower case is longer would shift the place; then the lower case itself is shown.
  const shown = text.length === folded.length ? text : folded;
  const from = Math.max(body, Math.min(...places) - BEFORE_CHARS);
  const piece = shown
    .slice(from, from + SNIPPET_CHARS)
    .replace(/\s+/g, ' ')
    .trim();
  return { ...entry, snippet: `${from > body ? '…' : ''}${piece}${from + SNIPPET_CHARS < shown.length ? '…' : ''}` };
}
