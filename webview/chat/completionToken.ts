/** What is being typed and can be completed: where it stands in the text, in UTF-16 code units, and its letters. */
export interface CompletionToken {
  readonly start: number;
  readonly end: number;
  /** Without the sign that it begins with. */
  readonly query: string;
}

/** The `@` that the caret stands in; null if it stands in none. An address such as `me@example.com` is none. */
export function mentionAt(text: string, caret: number): CompletionToken | null {
  const before = text.slice(Math.max(0, caret - LONGEST), caret);
  const query = /(?:^|[\s([])@([^\s@]*)$/.exec(before)?.[1];
  return query === undefined ? null : { start: caret - query.length - 1, end: caret, query };
}

/** The `/` at the very beginning of the text that the caret stands in; null if there is none. A path is none. */
export function commandAt(text: string, caret: number): CompletionToken | null {
  const query = /^\/([a-z]*)$/.exec(text.slice(0, Math.min(caret, LONGEST)))?.[1];
  return query === undefined || /^[^\s]/.test(text.slice(caret)) ? null : { start: 0, end: caret, query };
}

/** The text with what was chosen in the place of the token, and no blank twice. */
export function completed(text: string, { start, end }: CompletionToken, chosen: string): string {
  const after = text.slice(end);
  const before = text.slice(0, start) + chosen;
  return before.endsWith(' ') && after.startsWith(' ') ? before + after.slice(1) : before + after;
}

/** Longer than any path that a person types out; a caret in a long text is looked at at every key. */
const LONGEST = 300;
