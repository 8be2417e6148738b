import { pattern } from './pattern.ts';
/**
 * Splits a message into sentences, with bulleted lines under a colon joined into a list; quotes and brackets stay
 * whole.
 */
export function splitSentences(text: string): string[] {
  const lines = text
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.replace(/[\t ]+/g, ' ').trim());
  return joinLists(lines)
    .flatMap(split)
    .map((sentence) =>
      sentence
        .trim()
        .replace(/[.!?]+$/, '')
        .trim(),
    )
    .filter(Boolean)
    .filter((sentence, _, all) => !isCourtesy(sentence) || all.length === 1);
}

/** Lines that open or close a message and ask for nothing. */
function isCourtesy(sentence: string): boolean {
  return pattern`
    ^(?:thanks|thank you|thx|cheers|please|hi|hello|hey)(?: (?:a lot|so much|very much
    |in advance|there|again))?$|^(?:please )?(?:do|make|apply) (?:all (?:of )?)?(?:these
    |the following)(?: changes| things)?(?: (?:together|at once|in one go))?:?$
  `.test(sentence);
}

const bullet = /^(?:[-*•–]|\d+[.)])\s+/;

/** `columns:` and the bulleted lines under it are one list; other bulleted lines are sentences of their own. */
function joinLists(lines: readonly string[]): string[] {
  const joined: string[] = [];
  let listing = false;
  for (const line of lines) {
    const last = joined.at(-1);
    const item = bullet.test(line) ? line.replace(bullet, '') : null;
    if (line === '') listing = listing && (last?.endsWith(':') ?? false);
    else if (listing && last !== undefined && item !== null)
      joined[joined.length - 1] = `${last}${last.endsWith(':') ? ' ' : ', '}${item.replace(/[,;.]$/, '')}`;
    else if (last?.endsWith(',')) joined[joined.length - 1] = `${last} ${line}`;
    else {
      joined.push(item ?? line);
      listing = line.endsWith(':') && !isCourtesy(line);
    }
  }
  return joined;
}

function split(line: string): string[] {
  const sentences: string[] = [];
  let depth = 0;
  let quoted = false;
  let sentence = '';
  const characters = Array.from(line);
  for (const [index, character] of characters.entries()) {
    if (character === '(' || character === '[') depth += 1;
    if (character === ')' || character === ']') depth = Math.max(0, depth - 1);
    if (character === '"') quoted = !quoted;
    sentence += character;
    const ends = /[.!?]/.test(character) && /^(?:\s|$)/.test(characters[index + 1] ?? '');
    if (ends && depth === 0 && !quoted && !/\b(?:e\.g|i\.e|etc|incl|no|min|max)\.$/i.test(sentence)) {
      sentences.push(sentence);
      sentence = '';
    }
  }
  return [...sentences, sentence];
}
