import type { ColorValue } from '../colors/colorValue.ts';
import { emptyTarget, type TargetPhrase } from '../intent.ts';
import type { Chunk, Verb } from './chunk.ts';

/** A part of a clause behind one preposition ("on the cards"), behind "is", or before any of these. */
export interface Zone {
  preposition: string;
  phrase: TargetPhrase | null;
  pronoun: boolean;
  /** "write the header": a noun before an article is a verb that nobody knows. */
  broken: boolean;
  /** Where the last word of the phrase begins; null without one. */
  nounStart: number | null;
  /** Properties named, in order. */
  properties: Extract<Chunk, { kind: 'property' }>[];
  /** Colours, lengths, comparatives, keywords … that are said of something. */
  values: Chunk[];
}

/** A clause by its zones; null where a word has no place in it. */
export interface Clause {
  verb: Verb | null;
  factor: number;
  zones: Zone[];
}

const VALUE_KINDS = new Set<Chunk['kind']>([
  'color',
  'length',
  'keyword',
  'comparative',
  'degree',
  'strength',
  'line',
  'side',
  'none',
]);

/** Splits the chunks of one clause into zones. */
export function readClause(chunks: readonly Chunk[]): Clause | null {
  const clause: Clause = { verb: null, factor: 1, zones: [] };
  let zone: Chunk[] = [];
  let preposition = '';
  const words = markNames(chunks.filter((chunk) => chunk.kind !== 'filler'));
  for (const [index, chunk] of words.entries()) {
    if (chunk.kind === 'unsupported' || chunk.kind === 'break' || chunk.kind === 'say') return null;
    if (chunk.kind === 'verb') {
      if (index > 0 && !(clause.zones.length === 0 && zone.length === 0)) return null;
      if (clause.verb && !isPlain(chunk.verb) && !isPlain(clause.verb)) return null;
      if (!clause.verb || !isPlain(chunk.verb)) clause.verb = chunk.verb;
      clause.factor = chunk.factor ?? clause.factor;
      continue;
    }
    if (chunk.kind === 'be' && HAS.test(chunk.raw)) clause.verb ??= 'give';
    const next = zoneStart(chunk);
    if (next === null) {
      zone.push(chunk);
      continue;
    }
    clause.zones.push(readZone(preposition, zone));
    zone = [];
    preposition = next;
  }
  clause.zones.push(readZone(preposition, zone));
  return clause.zones.some((each) => each.broken) ? null : clause;
}

/** "The cards should have rounded corners" wishes that they are given them. */
const HAS = /^(?:should have|must have|should get|must get)$/i;

/** Verbs that say that something changes, not how. */
function isPlain(verb: Verb): boolean {
  return verb === 'set' || verb === 'give' || verb === 'use';
}

function zoneStart(chunk: Chunk): string | null {
  if (chunk.kind === 'preposition') return chunk.word;
  if (chunk.kind === 'be' || chunk.kind === 'colon') return 'be';
  return chunk.kind === 'arrow' ? 'to' : null;
}

const NAME_HEADS =
  /^(?:buttons?|btns?|links?|icons?|labels?|tabs?|menus?|bars?|columns?|panels?|sections?|boxes|box|fields?|forms?)$/i;

/** "delete button", "read more link", "top bar": a word with a meaning of its own that only names something here. */
function markNames(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, index): Chunk => {
    const next = chunks[index + 1];
    if (!next || next.kind !== 'noun' || !NAME_HEADS.test(next.raw)) return chunk;
    const named =
      chunk.kind === 'say' ||
      chunk.kind === 'side' ||
      (chunk.kind === 'keyword' && chunk.value === 'center') ||
      (chunk.kind === 'verb' && (index > 0 || chunks.some((other) => other.kind === 'be')));
    return named ? { kind: 'noun', start: chunk.start, end: chunk.end, raw: chunk.raw } : chunk;
  });
}

function readZone(preposition: string, chunks: readonly Chunk[]): Zone {
  const zone: Zone = {
    preposition,
    phrase: null,
    pronoun: false,
    broken: false,
    nounStart: null,
    properties: [],
    values: [],
  };
  const before: Chunk[] = [];
  const lastNoun = chunks.findLastIndex((chunk) => isName(chunk));
  const firstNoun = chunks.findIndex((chunk) => isName(chunk));
  zone.broken = chunks.some(
    (chunk, index) => chunk.kind === 'determiner' && index > firstNoun && firstNoun >= 0 && index < lastNoun,
  );
  zone.nounStart = chunks[lastNoun]?.start ?? null;
  for (const [index, chunk] of chunks.entries()) {
    if (chunk.kind === 'pronoun') zone.pronoun = true;
    else if (chunk.kind === 'determiner') applyDeterminer(zone, chunk.word, lastNoun > index, chunks.length);
    else if (chunk.kind === 'ordinal') phraseOf(zone).ordinal = chunk.ordinal;
    else if (isName(chunk)) addName(phraseOf(zone), chunk);
    else if (chunk.kind === 'property') {
      if (lastNoun > index && isName(chunks[index + 1])) addName(phraseOf(zone), chunk);
      else zone.properties.push(chunk);
    } else if (VALUE_KINDS.has(chunk.kind)) {
      if (lastNoun > index) before.push(chunk);
      else zone.values.push(chunk);
    }
  }
  const article = chunks.findLast((chunk, index) => chunk.kind === 'determiner' && index < lastNoun);
  const definite = article?.kind === 'determiner' && DEFINITE.has(article.word);
  const tells = definite || (zone.values.length > 0 && zone.properties.length === 0);
  // "a bigger title", "blue header", "bold the price": what stands before the noun is wished of it. "the red button",
  // "small buttons blue": it tells which one is meant.
  const telling = before.filter((chunk) => tells && chunk.kind !== 'side' && chunk.start > (article?.start ?? -1));
  tellWhich(zone, telling);
  zone.values.unshift(...before.filter((chunk) => !telling.includes(chunk)));
  return zone;
}

const DEFINITE = new Set([
  'the',
  'this',
  'that',
  'these',
  'those',
  'my',
  'our',
  'your',
  'all',
  'every',
  'each',
  'both',
]);

function tellWhich(zone: Zone, telling: readonly Chunk[]): void {
  if (telling.length === 0) return;
  const phrase = phraseOf(zone);
  const names: string[] = [];
  for (const chunk of telling) {
    if (chunk.kind === 'color') phrase.currentColor = chunk.value;
    else if (chunk.kind === 'length' || chunk.kind === 'none' || chunk.kind === 'degree') zone.broken = true;
    else names.push(...chunk.raw.split(/[\s-]+/));
  }
  phrase.words.unshift(...names);
}

function isName(chunk: Chunk | undefined): boolean {
  return chunk?.kind === 'noun' || chunk?.kind === 'quote' || chunk?.kind === 'selector';
}

function phraseOf(zone: Zone): TargetPhrase {
  zone.phrase ??= emptyTarget();
  return zone.phrase;
}

function addName(phrase: TargetPhrase, chunk: Chunk): void {
  if (chunk.kind === 'quote') phrase.quote = chunk.text;
  else if (chunk.kind === 'selector') phrase.selector = chunk.raw;
  else phrase.words.push(...chunk.raw.split(/[\s-]+/));
}

function applyDeterminer(zone: Zone, word: string, nounFollows: boolean, size: number): void {
  const pointing = word === 'this' || word === 'that' || word === 'these' || word === 'those';
  if ((word === 'a' || word === 'an') && nounFollows) phraseOf(zone).indefinite = true;
  if (pointing && (nounFollows || size > 0)) phraseOf(zone).pointing = true;
  if (word === 'all' || word === 'every' || word === 'each' || word === 'both') phraseOf(zone).many = true;
}

/** The colours among a zone's values. */
export function colorsOf(values: readonly Chunk[]): ColorValue[] {
  return values.flatMap((value) => (value.kind === 'color' ? [value.value] : []));
}
