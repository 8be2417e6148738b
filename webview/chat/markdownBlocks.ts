import { Lexer } from 'marked';

/**
 * Cuts streamed Markdown into top-level blocks. Only the text from the last block on is read again when more arrives,
 * so that a long answer costs no more per frame than a short one. `update` gives the whole text so far.
 */
export class MarkdownBlocks {
  #blocks: MarkdownBlock[] = [];
  /** Where the last block begins; everything before it can no longer change. */
  #openFrom = 0;
  #text = '';

  update(text: string): readonly MarkdownBlock[] {
    if (text === this.#text) return this.#blocks;
    if (!text.startsWith(this.#text)) this.#forget();
    this.#text = text;
    const closed = this.#blocks.filter((block) => block.from < this.#openFrom);
    const open = cut(text.slice(this.#openFrom), this.#openFrom);
    this.#blocks = [...closed, ...open];
    this.#openFrom = open.at(-1)?.from ?? this.#openFrom;
    return this.#blocks;
  }

  #forget(): void {
    this.#blocks = [];
    this.#openFrom = 0;
  }
}

export interface MarkdownBlock {
  /** Where the block begins in the whole text. */
  readonly from: number;
  readonly source: string;
  /** Too large or too deep to be read as Markdown: shown as it is. */
  readonly plain: boolean;
}

/**
 * A longer block would be read anew at every frame while it grows; prose has none, and one line of 5 MB must not stop
 * the page.
 */
const LONGEST_BLOCK = 100_000;
/** Deeper nesting is an attack on the parser's stack, not a quotation or a list. */
const DEEP_QUOTES = /^[ \t]*(?:>[ \t]?){20}/m;
const DEEP_LIST = /^[ \t]{60,}(?:[-*+]|\d+[.)])[ \t]/m;
const DEEP_BRACKETS = /[[(!*_~`]{200}/;
/** The parser pairs each mark of emphasis with all before it: so many take it some 30 ms, ten times as many 3 s. */
const MOST_EMPHASIS = 1_000;
/** In one word. No name has as many; the parser tries each as a mark of emphasis. */
const MOST_UNDERSCORES = 300;
/** Stars, tildes, and underscores that are not inside a name. */
const EMPHASIS = /[*~]+|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu;

function cut(text: string, offset: number): MarkdownBlock[] {
  return stretches(text).flatMap(({ from, source, hostile }) =>
    hostile ? cutPlain(source, offset + from) : cutMarkdown(source, offset + from),
  );
}

function cutMarkdown(text: string, offset: number): MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  let from = offset;
  for (const token of new Lexer({ gfm: true }).blockTokens(text, [])) {
    if (token.type !== 'space') blocks.push({ from, source: token.raw, plain: false });
    from += token.raw.length;
  }
  return blocks;
}

interface Stretch {
  from: number;
  source: string;
  hostile: boolean;
}

/** The text cut at blank lines around what the parser must not see, so that the rest is still read as Markdown. */
function stretches(text: string): Stretch[] {
  if (!isHostile(text)) return [{ from: 0, source: text, hostile: false }];
  const found: Stretch[] = [];
  for (const { from, source } of paragraphs(text)) {
    const hostile = isHostile(source);
    const last = found.at(-1);
    if (last !== undefined && !hostile && !last.hostile) last.source += source;
    else found.push({ from, source, hostile });
  }
  return found;
}

/** Lines up to and with the blank lines that follow them. A search, since a long line breaks the stack of a regex. */
function* paragraphs(text: string): Generator<{ from: number; source: string }> {
  for (let from = 0, end = 0; from < text.length; from = end) {
    const blank = text.indexOf('\n\n', from);
    end = blank < 0 ? text.length : blank;
    while (text[end] === '\n') end++;
    yield { from, source: text.slice(from, end) };
  }
}

function isHostile(text: string): boolean {
  if (text.length > LONGEST_BLOCK) return true;
  if (DEEP_QUOTES.test(text) || DEEP_LIST.test(text) || DEEP_BRACKETS.test(text)) return true;
  if ((text.match(EMPHASIS)?.length ?? 0) > MOST_EMPHASIS) return true;
  return text.split(/\s/).some((word) => word.split('_').length > MOST_UNDERSCORES);
}

/** Plain pieces of a bounded size, so that only the last one is touched when more arrives. */
function cutPlain(text: string, offset: number): MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  for (let at = 0; at < text.length; at += LONGEST_BLOCK) {
    blocks.push({ from: offset + at, source: text.slice(at, at + LONGEST_BLOCK), plain: true });
  }
  return blocks;
}
