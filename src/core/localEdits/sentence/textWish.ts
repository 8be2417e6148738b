import { emptyTarget, type Change, type TargetPhrase } from '../intent.ts';
import type { Chunk } from './chunk.ts';

/** A wish for other words on the page; `target` is null where the sentence names none. */
export interface TextWish {
  target: TargetPhrase | null;
  change: Extract<Change, { kind: 'text' }>;
}

/** Words for things that carry text, so that what follows "to" is text and no style. */
const TEXT_ROLES =
  /^(?:titles?|headings?|headlines?|labels?|captions?|placeholder|subtitles?|subheadings?|taglines?|slogan|name|tooltip|buttons?|links?|h[1-6]|legend|brand|tab|paragraph|description|message|button)$/i;

/** Things of the code, not of the page. They are never renamed here. */
const IDENTIFIERS =
  /^(?:variables?|functions?|components?|class|classes|classname|files?|routes?|endpoints?|props?|hooks?|types?|interfaces?|packages?|folders?|directory|branch|tables?|database|columns?|methods?|modules?|constants?|enums?|keys?|ids?|selectors?|params?|parameters?|urls?|paths?|imports?|exports?|schema|migrations?|models?|repo|repository|project|slug)$/i;

/** "the title say 'Home'", "rename Users to Customers", "change 'Sign in' to 'Log in'"; null if it is none of these. */
export function readTextWish(chunks: readonly Chunk[], sentence: string): TextWish | 'unclear' | null {
  const words = chunks.filter((chunk) => chunk.kind !== 'filler');
  const say = words.findIndex((chunk) => chunk.kind === 'say');
  if (say >= 0) return readSaying(words, say, sentence);
  const to = words.findIndex((chunk, index) => index > 0 && (opensText(chunk) || isBetweenQuotes(words, index)));
  if (to < 0) return calls(words) ? readCalling(words, sentence) : null;
  const place = placeBehind(words, to, sentence);
  const literal = literalAfter(place ? words.slice(0, place.at) : words, to, sentence);
  if (!literal) return null;
  const subject = readSubject(words.slice(0, to), sentence);
  const renames = words[0]?.kind === 'verb' && words[0].verb === 'rename';
  if (subject === 'unclear') return literal.quoted || renames ? 'unclear' : null;
  if (!wantsText(words, to, literal, subject)) return null;
  return {
    target: place ? within(subject.target, place.target) : subject.target,
    change: textChange(literal.text, subject),
  };
}

function textChange(to: string, { from, quoted, role, attribute }: Subject): TextWish['change'] {
  return { kind: 'text', to, from, whole: from !== null && !quoted && !role, attribute };
}

/** "to Coaches in the menu": where the text stands is no part of it. Words in capitals may well be. */
function placeBehind(
  words: readonly Chunk[],
  to: number,
  sentence: string,
): { at: number; target: TargetPhrase } | null {
  const at = words.findLastIndex((chunk, index) => index > to + 1 && isPlace(chunk));
  const article = words[at + 1];
  const rest = words.slice(at + 2);
  if (at < 0 || article?.kind !== 'determiner' || rest.length === 0) return null;
  if (!rest.every((chunk) => (chunk.kind === 'noun' || chunk.kind === 'property') && /^\p{Ll}/u.test(chunk.raw)))
    return null;
  const subject = readSubject(words.slice(at + 1), sentence);
  return subject === 'unclear' || !subject.target ? null : { at, target: subject.target };
}

function isPlace(chunk: Chunk): boolean {
  return chunk.kind === 'preposition' && /^(?:in|on|inside|within|at)$/.test(chunk.word);
}

function within(target: TargetPhrase | null, outer: TargetPhrase): TargetPhrase {
  return target ? { ...target, inside: target.inside ? within(target.inside, outer) : outer } : outer;
}

/** call the login button "Sign in"; email placeholder "you@example.com"; make the button text "Go" */
function calls(words: readonly Chunk[]): boolean {
  const [first] = words;
  if (first?.kind === 'verb' && first.verb === 'rename') return true;
  const plain = first?.kind !== 'verb' || first.verb === 'set' || first.verb === 'give' || first.verb === 'use';
  const said = words.at(-2);
  const ofText = said?.kind === 'noun' ? WORDED.test(said.raw) : said?.kind === 'property' && said.property === 'text';
  return plain && ofText && words.at(-1)?.kind === 'quote' && words.every((chunk) => chunk.kind !== 'preposition');
}

/** What consists of words, so that words in quotes behind it are what it shall be. */
const WORDED =
  /^(?:titles?|headings?|headlines?|labels?|captions?|placeholders?|subtitles?|taglines?|tooltip|slogan)$/i;

function readCalling(words: readonly Chunk[], sentence: string): TextWish | 'unclear' {
  const last = words.at(-1);
  const subject = readSubject(words.slice(0, -1), sentence);
  if (last?.kind !== 'quote' || subject === 'unclear' || !subject.target) return 'unclear';
  return { target: subject.target, change: textChange(last.text, subject) };
}

function opensText(chunk: Chunk): boolean {
  if (chunk.kind === 'preposition')
    return chunk.word === 'to' || chunk.word === 'with' || chunk.word === 'into' || chunk.word === 'as';
  return chunk.kind === 'arrow' || chunk.kind === 'be' || chunk.kind === 'colon';
}

/** "from 'Send' in 'Submit'": with no other words behind it, what comes last is what it shall be. */
function isBetweenQuotes(words: readonly Chunk[], at: number): boolean {
  const chunk = words[at];
  const isLast = words[at + 1]?.kind === 'quote' && at + 2 === words.length;
  return isLast && chunk?.kind === 'preposition' && chunk.word === 'in' && words[at - 1]?.kind === 'quote';
}

interface Literal {
  text: string;
  quoted: boolean;
}

function literalAfter(words: readonly Chunk[], at: number, sentence: string): Literal | null {
  const rest = words.slice(at + 1).filter((chunk, index) => !(index === 0 && chunk.kind === 'determiner'));
  const [first, ...others] = rest;
  if (!first) return null;
  if (first.kind === 'quote') return others.length === 0 ? { text: first.text, quoted: true } : null;
  // A capital makes a label of any word: "to Leave".
  const foreign = rest.some((chunk) => chunk.kind === 'unsupported' && !/^\p{Lu}/u.test(chunk.raw));
  if (foreign || rest.some((chunk) => chunk.kind === 'quote')) return null;
  const opening = words[at + 1] ?? first;
  const last = rest.at(-1) ?? first;
  return { text: sentence.slice(opening.start, last.end), quoted: false };
}

interface Subject {
  target: TargetPhrase | null;
  from: string | null;
  /** `from` stands in quotation marks. */
  quoted: boolean;
  attribute: string | null;
  /** The subject names something that carries text. */
  role: boolean;
}

function wantsText(words: readonly Chunk[], to: number, literal: Literal, subject: Subject): boolean {
  const verb = words[0]?.kind === 'verb' ? words[0].verb : null;
  if (literal.quoted) return true;
  // "to mail in the database": where it stands is no part of the text.
  if (/^\p{Ll}.*\s(?:in|on|of|for|from) (?:the|all|our|my)\s/u.test(literal.text)) return false;
  if (words[to]?.kind === 'be' || words[to]?.kind === 'colon') return false;
  // "rename date to due date" may as well be a field of the data.
  if (verb === 'rename') return subject.role || /\p{Lu}/u.test(literal.text + (words[to - 1]?.raw ?? ''));
  if (verb !== 'set') return false;
  const styled = words[to + 1]?.kind ?? 'noun';
  if (styled !== 'noun' && styled !== 'verb' && styled !== 'say') return false;
  const capital = /^\p{Lu}/u.test(literal.text);
  return subject.from !== null ? subject.role || capital : subject.role && capital;
}

function readSaying(words: readonly Chunk[], at: number, sentence: string): TextWish | 'unclear' {
  const instead = words.findIndex((chunk, index) => index > at && chunk.kind === 'preposition' && chunk.word === 'of');
  const end = instead > at + 1 ? instead : words.length;
  const literal = literalAfter(words.slice(0, end), at, sentence);
  const shows = /show|display/i.test(words[at]?.raw ?? '');
  if (!literal || (shows && !literal.quoted)) return 'unclear';
  const from = end < words.length ? literalAfter(words, end, sentence) : null;
  const subject = readSubject(words.slice(0, at), sentence);
  if (subject === 'unclear' || (end < words.length && !from)) return 'unclear';
  const change = textChange(literal.text, from ? { ...subject, from: from.text, quoted: from.quoted } : subject);
  return { target: subject.target, change };
}

function readSubject(words: readonly Chunk[], sentence: string): Subject | 'unclear' {
  const subject: Subject = { target: null, from: null, quoted: false, attribute: null, role: false };
  let phrase = emptyTarget();
  let pronoun = false;
  for (const [index, chunk] of words.entries()) {
    const next = words[index + 1];
    if (chunk.kind === 'verb' && index === 0) continue;
    if (chunk.kind === 'determiner') {
      if (/^(?:this|that|these|those)$/.test(chunk.word)) phrase.pointing = true;
    } else if (chunk.kind === 'pronoun') pronoun = true;
    else if (chunk.kind === 'property' && chunk.property === 'text') subject.role = true;
    else if (chunk.kind === 'quote') {
      if (next?.kind === 'noun' || next?.kind === 'property') phrase.quote = chunk.text;
      else {
        subject.from = chunk.text;
        subject.quoted = true;
      }
    } else if (chunk.kind === 'ordinal') phrase.ordinal = chunk.ordinal;
    else if (chunk.kind === 'preposition') {
      if (chunk.word === 'from' && next) {
        subject.from = readFrom(words.slice(index + 1), sentence);
        subject.quoted = next.kind === 'quote';
        break;
      }
      if (!/^(?:of|on|in|inside|for|at)$/.test(chunk.word)) return 'unclear';
      const outer = emptyTarget();
      const inner = phrase;
      if (inner.words.length > 0 || inner.quote) {
        const rest = readSubject(words.slice(index + 1), sentence);
        if (rest === 'unclear') return 'unclear';
        inner.inside = rest.target;
        subject.from ??= rest.from;
        subject.quoted ||= rest.quoted;
        break;
      }
      phrase = outer;
    } else if (isNameLike(chunk)) phrase.words.push(...chunk.raw.split(/[\s-]+/));
    else if (chunk.kind === 'selector') phrase.selector = chunk.raw;
    else return 'unclear';
  }
  return finishSubject(subject, phrase, pronoun);
}

function isNameLike(chunk: Chunk): boolean {
  return chunk.kind !== 'break' && chunk.kind !== 'unsupported' && chunk.kind !== 'length' && chunk.kind !== 'colon';
}

function readFrom(words: readonly Chunk[], sentence: string): string | null {
  const [first] = words;
  const last = words.at(-1);
  if (!first || !last) return null;
  return first.kind === 'quote' && words.length === 1 ? first.text : sentence.slice(first.start, last.end);
}

const ATTRIBUTES: readonly (readonly [RegExp, string])[] = [
  [/^placeholders?$/i, 'placeholder'],
  [/^alt$/i, 'alt'],
  [/^tooltip$/i, 'title'],
  [/^aria$/i, 'aria-label'],
];

function finishSubject(subject: Subject, phrase: TargetPhrase, pronoun: boolean): Subject | 'unclear' {
  if (IDENTIFIERS.test(phrase.words.at(-1) ?? '') || phrase.words.some(isIdentifier)) return 'unclear';
  subject.role ||= phrase.words.some((word) => TEXT_ROLES.test(word));
  for (const [pattern, attribute] of ATTRIBUTES) {
    const at = phrase.words.findIndex((word) => pattern.test(word));
    if (at < 0) continue;
    subject.attribute = attribute;
    subject.role = true;
    phrase.words.splice(at, phrase.words[at + 1]?.toLowerCase() === 'label' ? 2 : 1);
  }
  if (phrase.words.length === 0 && !phrase.quote && !phrase.selector && phrase.inside) {
    return finishSubject(subject, phrase.inside, pronoun);
  }
  if (subject.from === null) takeNamedText(subject, phrase);
  const named =
    phrase.words.length > 0 ||
    phrase.quote !== null ||
    phrase.selector !== null ||
    phrase.pointing ||
    phrase.inside !== null;
  subject.target = named ? phrase : null;
  if (!named && subject.from === null && !pronoun && subject.attribute === null) return 'unclear';
  return subject;
}

/** userName, user_name, main.css: names of the code. */
function isIdentifier(word: string): boolean {
  return /[a-z][A-Z]|[^\W_]_[^\W_]|\.\w+$/.test(word);
}

/** "the title Users": capitals after the noun are the text; "Sign in" with no noun at all is the text too. */
function takeNamedText(subject: Subject, phrase: TargetPhrase): void {
  const role = phrase.words.findLastIndex((word) => TEXT_ROLES.test(word) && !/^\p{Lu}/u.test(word));
  const after = phrase.words.slice(role + 1);
  if (role >= 0 && after.length > 0 && /^\p{Lu}/u.test(after[0] ?? '')) {
    subject.from = after.join(' ');
    phrase.words.length = role + 1;
  } else if (role < 0 && !subject.role && /^\p{Lu}/u.test(phrase.words[0] ?? '') && !phrase.quote) {
    subject.from = phrase.words.join(' ');
    phrase.words.length = 0;
  }
}
