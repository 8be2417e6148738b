/** An `@` that is being typed: where it stands in the text, in UTF-16 code units, and the letters after it. */
export interface MentionToken {
  readonly start: number;
  readonly end: number;
  readonly query: string;
}

/** The `@` that the caret stands in; null if it stands in none. An address such as `me@example.com` is none. */
export function mentionAt(text: string, caret: number): MentionToken | null {
  const before = text.slice(Math.max(0, caret - LONGEST), caret);
  const query = /(?:^|[\s([])@([^\s@]*)$/.exec(before)?.[1];
  return query === undefined ? null : { start: caret - query.length - 1, end: caret, query };
}

/** The text without the token, and the blank that it leaves twice. */
export function withoutToken(text: string, { start, end }: MentionToken): string {
  const after = text.slice(end);
  const before = text.slice(0, start);
  return before.endsWith(' ') && after.startsWith(' ') ? before + after.slice(1) : before + after;
}

/** Longer than any path that a person types out; a caret in a long text is looked at at every key. */
const LONGEST = 300;
