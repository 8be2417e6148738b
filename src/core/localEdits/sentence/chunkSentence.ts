import { colorsNamed } from 'culori/fn';
import type { ColorValue } from '../colors/colorValue.ts';
import { hueOf, shadeOf } from '../colors/hues.ts';
import { paints } from '../colors/paints.ts';
import type { Chunk, ChunkMeaning } from './chunk.ts';
import { DETERMINERS, lexicon, LONGEST_GROUP, PREPOSITIONS } from './lexicon.ts';
import { tokenize, type Token } from './token.ts';

/** Reads a sentence as units of meaning. Words that nothing knows are nouns: they have to be found in the files. */
export function chunkSentence(sentence: string): Chunk[] {
  const tokens = tokenize(sentence);
  const chunks: Chunk[] = [];
  let at = 0;
  while (at < tokens.length) {
    const [length, meaning] = readColorWords(tokens, at) ?? readGroup(tokens, at) ?? [1, readToken(tokens, at)];
    const first = tokens[at];
    const last = tokens[at + length - 1];
    if (!first || !last) break;
    if (meaning) {
      const meant: ChunkMeaning = isNameOnly(meaning, chunks.at(-1)) ? { kind: 'noun' } : meaning;
      chunks.push({ ...meant, start: first.start, end: last.end, raw: sentence.slice(first.start, last.end) });
    }
    at += length;
  }
  return chunks;
}

/** "dark blue", "light grey", "hot pink", "teal": one to three words. "dark" alone is no colour. */
function readColorWords(tokens: readonly Token[], at: number): [number, ChunkMeaning] | null {
  const words = tokens.slice(at, at + 3).map((token) => (token.kind === 'word' ? token.lower : ''));
  for (let length = 3; length >= 1; length--) {
    const group = words.slice(0, length);
    if (group.length < length || group.includes('')) continue;
    const value = colorOfWords(group);
    if (value) return [length, { kind: 'color', value }];
  }
  return null;
}

function colorOfWords(group: readonly string[]): ColorValue | null {
  const split = group.flatMap((word) => word.split('-'));
  const joined = split.join('');
  if (split.length === 1 && joined === 'transparent') return { kind: 'transparent' };
  const hue = hueOf(split.at(-1) ?? '');
  if (split.length === 1 && hue) return { kind: 'hue', hue, shade: 'base' };
  const shade = shadeOf(split.at(-2) ?? '');
  if (hue === 'gray' && shade && split.length === 2) return { kind: 'hue', hue, shade };
  const paint = paints[joined];
  if (paint !== undefined) return { kind: 'exact', css: paint };
  if (group.length > 0 && Object.hasOwn(colorsNamed, joined)) return { kind: 'named', name: joined };
  if (!hue || !shade) return null;
  if (split.length === 2) return { kind: 'hue', hue, shade };
  const intensifier = split[0] === 'very' || split[0] === 'really';
  return split.length === 3 && intensifier ? { kind: 'hue', hue, shade: shade === 'light' ? 'pale' : shade } : null;
}

function readGroup(tokens: readonly Token[], at: number): [number, ChunkMeaning] | null {
  for (let length = Math.min(LONGEST_GROUP, tokens.length - at); length >= 1; length--) {
    const group = tokens.slice(at, at + length);
    if (group.some((token) => token.kind !== 'word')) continue;
    const words = group.map((token) => token.lower.replace(/[’']/g, ''));
    const meaning = lexicon.get(words.join(' ')) ?? lexicon.get(words.join(' ').replace(/-/g, ' '));
    if (meaning && !isTitle(meaning, group)) return [length, meaning];
  }
  return null;
}

/** "the plus plan", "the next button": behind an article nothing new begins. */
function isNameOnly(meaning: ChunkMeaning, before: Chunk | undefined): boolean {
  return meaning.kind === 'break' && meaning.strong && before?.kind === 'determiner' && before.word === 'the';
}

/** "change Learn more to Read on": with a capital inside a sentence, it is a label and no "to read". */
function isTitle(meaning: ChunkMeaning, group: readonly Token[]): boolean {
  return meaning.kind === 'say' && group.some((token) => token.start > 0 && /^\p{Lu}/u.test(token.text));
}

const BREAKS = new Set([',', ';', '\n', '&', '+']);

function readToken(tokens: readonly Token[], at: number): ChunkMeaning | null {
  const token = tokens[at];
  if (!token) return null;
  switch (token.kind) {
    case 'quote':
      return { kind: 'quote', text: token.text };
    case 'color':
      return { kind: 'color', value: { kind: 'exact', css: token.text } };
    case 'length':
      return { kind: 'length', css: cssLength(token.lower) };
    case 'selector':
      return { kind: 'selector' };
    case 'arrow':
      return { kind: 'arrow' };
    case 'word':
      return readWord(token);
    case 'punctuation':
      return readPunctuation(token.text);
    default:
      return { kind: 'unsupported' };
  }
}

function readWord(token: Token): ChunkMeaning | null {
  if (token.lower === "'s" || token.lower === '’s') return null;
  if (PREPOSITIONS.has(token.lower)) return { kind: 'preposition', word: token.lower };
  if (DETERMINERS.has(token.lower)) return { kind: 'determiner', word: token.lower };
  return { kind: 'noun' };
}

function readPunctuation(text: string): ChunkMeaning | null {
  if (BREAKS.has(text)) return { kind: 'break', strong: text === ';' || text === '\n' };
  if (text === ':' || text === '=' || text === '–' || text === '—') return { kind: 'colon' };
  if (text === '.' || text === '!' || text === '(' || text === ')') return null;
  return { kind: 'unsupported' };
}

function cssLength(text: string): string {
  const [, number = '', unit = ''] = /^(-?[\d.]+)\s*(.*)$/.exec(text) ?? [];
  if (unit.startsWith('pixel')) return `${number}px`;
  return unit === 'percent' ? `${number}%` : number + unit;
}
