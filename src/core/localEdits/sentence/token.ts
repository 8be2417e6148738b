/** A piece of a sentence, with its place in it. */
export interface Token {
  kind: 'word' | 'quote' | 'color' | 'length' | 'selector' | 'punctuation' | 'arrow' | 'other';
  /** As written; for a quote, what stands between the marks. */
  text: string;
  /** In lower case. */
  lower: string;
  start: number;
  end: number;
}

const PATTERNS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['quote', /"([^"\n]{1,200})"|“([^”\n]{1,200})”|«([^»\n]{1,200})»|`([^`\n]{1,200})`|‘([^’\n]{1,200})’/y],
  ['color', /#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![\w-])/iy],
  [
    'color',
    /(?:rgba?|hsla?|hwb|oklch|oklab|lab|lch)\(\s*[-+]?[\d.]+(?:%|deg|turn)?(?:\s*[\s,/]\s*[-+]?[\d.]+%?){2,3}\s*\)/iy,
  ],
  [
    'length',
    /-?(?:\d+(?:\.\d+)?|\.\d+)(?:\s?(?:px|rem|em|pt|vh|vw|vmin|vmax|[dsl]v[hw]|ch|%|pixels?|percent)(?![\w-]))?(?![\w-])/iy,
  ],
  ['arrow', /->|=>|→|⟶|➜/y],
  ['selector', /(?<![\p{L}\p{N})])(?:--|[.#$@])[a-z_][\w-]*(?:__[\w-]+)*/iuy],
  ['word', /'s(?![\w])|’s(?![\w])/iy],
  ['word', /[\p{L}_](?:[\p{L}\p{N}_]|[-’'](?=[\p{L}\p{N}])(?!s(?![\p{L}\p{N}])))*/uy],
  ['other', /(?<=[\p{L}\p{N}_])\.(?=[\p{L}_])/uy],
  ['punctuation', /[,;:.!?()[\]{}/&+\n–—=]/y],
];

/** Single quotes are apostrophes too, so they open a quote only after a space and close it before one. */
const SINGLE_QUOTED = /(?<![\p{L}\p{N}])'((?:[^'\n]|'(?=\p{L})){1,200})'(?![\p{L}\p{N}])/uy;

/** A sentence of more characters than this is no small wish; the caller refuses it before it is cut up. */
export const MAX_SENTENCE_LENGTH = 600;

/** Cuts a sentence up. What no pattern knows comes back as `other`, so that nothing is silently dropped. */
export function tokenize(sentence: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sentence.length) {
    if (/[ \t\r\u00a0]/.test(sentence.charAt(at))) {
      at++;
      continue;
    }
    const token = tokenAt(sentence, at);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function tokenAt(sentence: string, at: number): Token {
  const single = matchAt(SINGLE_QUOTED, sentence, at);
  if (single) return make('quote', single[1] ?? '', at, at + single[0].length);
  for (const [kind, pattern] of PATTERNS) {
    const match = matchAt(pattern, sentence, at);
    if (!match) continue;
    const inner = kind === 'quote' ? match.slice(1).find((part: string | undefined) => part !== undefined) : undefined;
    return make(kind, inner ?? match[0], at, at + match[0].length);
  }
  const width = String.fromCodePoint(sentence.codePointAt(at) ?? 0).length;
  return make('other', sentence.slice(at, at + width), at, at + width);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function make(kind: Token['kind'], text: string, start: number, end: number): Token {
  return { kind, text, lower: text.toLowerCase(), start, end };
}
