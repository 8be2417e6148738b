import { approximateModelTokens } from '../../core/modelTokens.ts';

/**
 * The o200k count of a text, exact up to a size, then by approximation, so that no text takes long. The tokenizer is
 * loaded on first use. Runs without a break are counted in slices, because its time grows with their square.
 */
export async function countModelTokens(text: string): Promise<number> {
  if (text === '') return 0;
  const count = await loadTokenizer();
  const counted = slicesOf(text.slice(0, EXACT_CHARACTERS)).reduce((sum, slice) => sum + count(slice), 0);
  return text.length > EXACT_CHARACTERS ? counted + approximateModelTokens(text.slice(EXACT_CHARACTERS)) : counted;
}

/** Starts loading the tokenizer, so that it is there when a count is needed. */
export function loadTokenizer(): Promise<(text: string) => number> {
  tokenizer ??= import('gpt-tokenizer/encoding/o200k_base').then(
    ({ countTokens }) =>
      (text) =>
        countTokens(text, { disallowedSpecial: new Set() }),
  );
  return tokenizer;
}

let tokenizer: Promise<(text: string) => number> | undefined;

/**
 * A tenth of a megabyte takes a few milliseconds; the rest of a longer text is priced as context, where a rough count
 * does.
 */
const EXACT_CHARACTERS = 100_000;
/** No word of prose or code is as long; a run of this length takes well under a millisecond. */
const LONG_RUN = /\S{256}|\s{256}/g;
const SHORTEST_LONG_RUN = 256;

function slicesOf(text: string): string[] {
  if (text.length < SHORTEST_LONG_RUN) return [text];
  const ends = Array.from(text.matchAll(LONG_RUN), (run) => run.index + run[0].length);
  const starts = [0, ...ends];
  return starts.map((start, index) => text.slice(start, starts[index + 1]));
}
