import { workspaceOf, type StyleIndex } from '../styleIndex.ts';
import { lexicon } from './lexicon.ts';

/** Things that are called by the words on them. */
const CARRIERS =
  '(?:buttons?|btns?|links?|tabs?|labels?|headings?|titles?|items?|options?|text|badges?|menu item|fields?)';

const CARRIER = new RegExp(`\\s+${CARRIERS}(?![\\w-])`, 'i');
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
  const { labels } = workspaceOf(index);
  return quoteRenamed(quoteCarried(sentence, labels), labels);
}

/** A word alone is quoted only if it means something else to the grammar: "the less button". */
function quoteCarried(sentence: string, labels: ReadonlySet<string>): string {
  const carriers = new RegExp(`((?:\\S+\\s+){1,${String(MAX_LABEL_WORDS)}})(?=${CARRIERS}(?![\\w-]))`, 'gi');
  return sentence.replace(carriers, (before: string) => {
    const words = before.trim().split(/\s+/);
    for (let length = words.length; length >= 1; length--) {
      const label = words
        .slice(-length)
        .join(' ')
        .replace(/[,.:;]$/, '');
      if (!labels.has(label.toLowerCase()) || (length === 1 && !isMeant(label))) continue;
      const front = words.slice(0, -length).join(' ');
      return `${front}${front === '' ? '' : ' '}"${label}" `;
    }
    return before;
  });
}

function isMeant(word: string): boolean {
  return lexicon.has(word.toLowerCase());
}

/** "change Read more to Go on": both are labels, as far as the first one stands in the files exactly so. */
function quoteRenamed(sentence: string, labels: ReadonlySet<string>): string {
  const match =
    /^(.*?\b(?:change|rename|replace|update|switch|correct|fix)\s+(?:the\s+)?)(\p{Lu}[^"]*?)(\s+(?:to|with|into|->|→)\s+)(\p{Lu}[^"]*)$/u.exec(
      sentence,
    );
  if (!match) return sentence;
  const [, start = '', from = '', middle = '', rest = ''] = match;
  if (!labels.has(from.toLowerCase())) return sentence;
  const to = rest.replace(/[.!]*(?:\s+(?:instead|please|pls))*[.!]*$/i, '');
  return /,|;|\band\b/i.test(to) ? sentence : `${start}"${from}"${middle}"${to}"`;
}
