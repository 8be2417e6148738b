import { setImmediate as nextTurn } from 'node:timers/promises';
import { approximateModelTokens } from '../../core/modelTokens.ts';

/**
 * The o200k count of a text, exact up to a size, then by approximation, so that no text takes long. The tokenizer is
 * loaded on first use. A text made to take long is counted in small slices, and others get their turns in between.
 */
export async function countModelTokens(text: string): Promise<number> {
  if (text === '') return 0;
  const count = await loadTokenizer();
  let counted = 0;
  let turnEnds = performance.now() + TURN_MS;
  for (const slice of slicesOf(text.slice(0, EXACT_CHARACTERS))) {
    counted += count(slice);
    if (performance.now() < turnEnds) continue;
    await nextTurn();
    turnEnds = performance.now() + TURN_MS;
  }
  return text.length > EXACT_CHARACTERS ? counted + approximateModelTokens(text.slice(EXACT_CHARACTERS)) : counted;
}

/** Starts loading the tokenizer, so that it is there when a count is needed. */
export function loadTokenizer(): Promise<(text: string) => number> {
  tokenizer ??= import('gpt-tokenizer/encoding/o200k_base').then(
    ({ countTokens }) =>
      (text) =>
        countTokens(text, NOTHING_SPECIAL),
  );
  return tokenizer;
}

let tokenizer: Promise<(text: string) => number> | undefined;

/** Words that mean something to a model are text like any other where a person writes them. */
const NOTHING_SPECIAL = { disallowedSpecial: new Set<string>() };
/** The rest of a longer text is priced as context, where a rough count does. */
const EXACT_CHARACTERS = 100_000;
/** Nobody who waits for a streamed chunk notices as much. */
const TURN_MS = 5;
/** Takes under a millisecond for prose, some for the worst that a text can be. */
const SLICE_CHARACTERS = 2_000;
/** No word of prose or code is as long; the tokenizer's time grows with the square of a run without a break. */
const LONG_RUN = /\S{128}|\s{128}/g;

/** Slices whose counts add up to the text's, but for a token or so where a run is longer than any word. */
function* slicesOf(text: string): Generator<string> {
  let start = 0;
  const ends =
    text.length < SLICE_CHARACTERS ? [] : Array.from(text.matchAll(LONG_RUN), (run) => run.index + run[0].length);
  for (const end of [...ends, text.length]) {
    while (end - start > SLICE_CHARACTERS) {
      const cut = wordStart(text, start, start + SLICE_CHARACTERS);
      yield text.slice(start, cut);
      start = cut;
    }
    yield text.slice(start, end);
    start = end;
  }
}

/** Where the last word begins with its one space, which is where the tokenizer itself cuts; else the end. */
function wordStart(text: string, from: number, end: number): number {
  for (let space = text.lastIndexOf(' ', end); space > from; space = text.lastIndexOf(' ', space - 1)) {
    if (/^\S \S$/.test(text.slice(space - 1, space + 2))) return space;
  }
  return end;
}
