import type { TextChange } from './plan.ts';

/** The text with the changes made; null if they overlap or lie outside. */
export function applyChanges(text: string, changes: readonly TextChange[]): string | null {
  let result = '';
  let at = 0;
  for (const change of [...changes].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (change.start < at || change.end < change.start || change.end > text.length) return null;
    result += text.slice(at, change.start) + change.text;
    at = change.end;
  }
  return result + text.slice(at);
}
