import { hasAny, wordsOfName } from '../nameTable.ts';
import { modelOf, type StyleIndex } from '../styleIndex.ts';
import { lexicon } from './lexicon.ts';

/** Things that are called by the words on them. */
const CARRIERS =
  '(?:buttons?|btns?|links?|tabs?|labels?|headings?|titles?|items?|options?|text|badges?|menu item|fields?)';

const CARRIER = new RegExp(`\\s+${CARRIERS}(?![\\w-])`, 'i');
const CARRIERS_BEHIND = new RegExp(`(?<=\\S)\\s+${CARRIERS}(?![\\w-])`, 'gi');
const RENAMES =
  /\b(?:change|rename|replace|update|switch|correct|fix)\s+(?:the\s+(?:text|label|word|words)\s+)?(?:from\s+)?(?=\S)/i;

/** Whether a sentence may name a thing by its label, or a label alone. */
export function namesSomething(sentence: string): boolean {
  return CARRIER.test(sentence) || RENAMES.test(sentence);
}

/** A label of more words is a sentence. */
const MAX_LABEL_WORDS = 5;

/**
 * Puts quotes around labels that stand in the files: "the add to basket button" is the "add to basket" button, and in
 * "change Less to Fewer" nothing is compared.
 */
export function quoteLabels(sentence: string, index: StyleIndex): string {
  if (/["“«`]/.test(sentence) || !namesSomething(sentence)) return sentence;
  const isLabel = (text: string): boolean => standsInFiles(index, text.toLowerCase());
  return quoteRenamed(quoteCarried(sentence, isLabel), isLabel);
}

/** A word alone is quoted only if it means something else to the grammar: "the less button". */
function quoteCarried(sentence: string, isLabel: (text: string) => boolean): string {
  let quoted = '';
  let done = 0;
  for (const { index } of sentence.matchAll(CARRIERS_BEHIND)) {
    const label = labelBefore(sentence.slice(done, index), isLabel);
    if (label === null) continue;
    quoted += `${sentence.slice(done, index - label.length)}"${label}"`;
    done = index;
  }
  return quoted + sentence.slice(done);
}

/** The longest label that a text ends in; it does not reach back over an article: "make the sign up". */
function labelBefore(text: string, isLabel: (text: string) => boolean): string | null {
  const words = text.split(/\s+/).slice(-MAX_LABEL_WORDS);
  const own = words.slice(words.findLastIndex((word) => /^(?:the|a|an|this|that|my|our|your)$/i.test(word)) + 1);
  for (let length = own.length; length >= 1; length--) {
    const label = own.slice(-length).join(' ');
    if (text.endsWith(label) && (length > 1 || isMeant(label)) && isLabel(label)) return label;
  }
  return null;
}

function isMeant(word: string): boolean {
  return lexicon.has(word.toLowerCase());
}

/** "change Read more to Go on": both are labels, as far as the first one stands in the files exactly so. */
function quoteRenamed(sentence: string, isLabel: (text: string) => boolean): string {
  const match =
    /^(.*?\b(?:change|rename|replace|update|switch|correct|fix)\s+(?:the\s+)?)(\p{Lu}[^"]*?)(\s+(?:to|with|into|->|→)\s+)(\p{Lu}[^"]*)$/u.exec(
      sentence,
    );
  if (!match) return sentence;
  const [, start = '', from = '', middle = '', rest = ''] = match;
  if (!isLabel(from)) return sentence;
  const to = rest.replace(/[.!]*(?:\s+(?:instead|please|pls))*[.!]*$/i, '');
  const place = PLACE.exec(to)?.[0] ?? '';
  const label = to.slice(0, to.length - place.length);
  return /,|;|\band\b/i.test(label) ? sentence : `${start}"${from}"${middle}"${label}"${place}`;
}

/** "to Plans in the menu": where it stands is no part of the words. */
const PLACE = /\s+(?:in|on|inside|within|at)\s+(?:the|our|my)\s+\p{Ll}[\p{Ll}\s-]*$/u;

/** A word in so many files is no name to look for; parsing them all would take longer than a person waits. */
const MAX_FILES_READ = 40;

/** Whether some text of the files, or what a translation says, is exactly this. */
function standsInFiles(index: StyleIndex, label: string): boolean {
  const words = wordsOfName(label);
  if (words.length === 0) return false;
  const holding = [...index.files.values()].filter(
    ({ path, names }) => !SHEET.test(path) && words.every((word) => hasAny(names, index.names, [word])),
  );
  return holding
    .slice(0, MAX_FILES_READ)
    .filter(({ text }) => text.toLowerCase().includes(label))
    .some(({ path }) => modelOf(index, path)?.texts.some(({ text }) => text.toLowerCase() === label));
}

const SHEET = /\.(?:css|scss|less)$/i;
