import type { ColorValue } from '../colors/colorValue.ts';
import type { Side, TargetPhrase } from '../intent.ts';
import type { Chunk, PropertyWord, Verb } from './chunk.ts';
import { colorsOf, type Clause, type Zone } from './clause.ts';
import { wordTable } from '../../wordTable.ts';

/** A clause with its zones given their roles: which thing, which property, which value. */
export interface Wish {
  verb: Verb | null;
  factor: number;
  target: TargetPhrase | null;
  pronoun: boolean;
  property: PropertyWord | null;
  sides: Side[];
  colors: ColorValue[];
  fromColor: ColorValue | null;
  fromLength: string | null;
  lengths: string[];
  /** "by 4px" */
  by: string | null;
  like: TargetPhrase | null;
  /** What is left: comparatives, keywords, degrees, strengths, line styles, "no". */
  values: Chunk[];
}

const PLACES = new Set([
  'of',
  'on',
  'in',
  'inside',
  'within',
  'for',
  'at',
  'across',
  'throughout',
  'onto',
  'into',
  'along',
]);
const BELOW = new Set(['under', 'underneath', 'below', 'beneath']);
const ABOVE = new Set(['above', 'over']);

/** Gives the zones of a clause their roles; null if one has none. */
export function readWish(clause: Clause): Wish | null {
  const wish: Wish = {
    verb: clause.verb,
    factor: clause.factor,
    target: null,
    pronoun: false,
    property: null,
    sides: [],
    colors: [],
    fromColor: null,
    fromLength: null,
    lengths: [],
    by: null,
    like: null,
    values: [],
  };
  for (const zone of clause.zones) if (!addZone(wish, zone)) return null;
  return wish;
}

function addZone(wish: Wish, zone: Zone): boolean {
  if (zone.pronoun) wish.pronoun = true;
  if (!addProperties(wish, zone)) return false;
  const word = zone.preposition;
  // "inputs with rounded corners"
  if (word === 'with' && zone.properties.length > 0) wish.verb ??= 'give';
  // "add 4px to the padding of the header"
  if (word === 'to' && wish.verb === 'add' && zone.properties.length > 0 && wish.lengths.length === 1)
    wish.by = wish.lengths.pop() ?? null;
  if (word === 'from') return addFrom(wish, zone);
  if (word === 'by') return addBy(wish, zone);
  if (word === 'like' || word === 'as') return addLike(wish, zone);
  // "between 10px and 20px": which of them is anybody's guess.
  if (word === 'between' && !zone.phrase && zone.values.length > 0) return false;
  if (zone.phrase && !addPhrase(wish, zone, zone.phrase)) return false;
  addValues(wish, zone);
  return true;
}

function addValues(wish: Wish, zone: Zone): void {
  const colors = zone.values.filter((value) => value.kind === 'color');
  wish.colors.push(...colorsOf(colors));
  for (const value of zone.values) {
    if (value.kind === 'length') wish.lengths.push(value.css);
    else if (value.kind === 'side') wish.sides.push(...value.sides);
    else if (value.kind !== 'color') wish.values.push(value);
  }
}

function addPhrase(wish: Wish, zone: Zone, phrase: TargetPhrase): boolean {
  const word = zone.preposition;
  if (BELOW.has(word)) wish.sides.push('bottom');
  else if (ABOVE.has(word)) wish.sides.push('top');
  else if (word === 'between')
    wish.property = wish.property === null || wish.property === 'space' ? 'gap' : wish.property;
  else if (word === 'to') {
    if (wish.target || (wish.verb !== 'add' && wish.verb !== 'set' && wish.verb !== 'give')) return false;
    if (wish.property === null && wish.values.length === 0 && wish.colors.length === 0) return false;
  } else if (word === 'be' || word === 'with' || word === 'against' || word === 'beside' || word === 'next') {
    return false;
  } else if (word !== '' && word !== 'around' && !PLACES.has(word)) return false;
  if (!wish.target) wish.target = phrase;
  else if (word !== '') innermost(wish.target).inside = phrase;
  else return false;
  return true;
}

function innermost(phrase: TargetPhrase): TargetPhrase {
  return phrase.inside ? innermost(phrase.inside) : phrase;
}

function addFrom(wish: Wish, zone: Zone): boolean {
  if (zone.phrase) {
    // "remove the border from the cards"; "the colour from the header" is that of the header.
    if (wish.target || (wish.verb !== 'remove' && wish.property === null)) return false;
    wish.target = zone.phrase;
    return zone.values.length === 0;
  }
  for (const value of zone.values) {
    if (value.kind === 'color') wish.fromColor = value.value;
    else if (value.kind === 'length') wish.fromLength = value.css;
    else return false;
  }
  return true;
}

function addBy(wish: Wish, zone: Zone): boolean {
  const [value, ...rest] = zone.values;
  if (zone.phrase || rest.length > 0 || value?.kind !== 'length') return false;
  wish.by = value.css;
  return true;
}

function addLike(wish: Wish, zone: Zone): boolean {
  if (!zone.phrase) {
    addValues(wish, zone);
    return zone.values.length > 0;
  }
  wish.like = zone.phrase;
  return zone.values.length === 0;
}

/** Two property words that mean one property together, in either order: "color of the text". */
const JOINED = wordTable<PropertyWord>({
  'surface text': 'color',
  'color text': 'color',
  'size text': 'font-size',
  'font-size text': 'font-size',
  'font-weight text': 'font-weight',
  'text text-align': 'text-align',
  'text text-decoration': 'text-decoration',
  'line-height text': 'line-height',
  'letter-spacing text': 'letter-spacing',
  'font-family size': 'font-size',
  'font-family surface': 'color',
  'font-family font-weight': 'font-weight',
  'background surface': 'background',
  'border surface': 'border-color',
  'border size': 'border-width',
  'border width': 'border-width',
  'border border-radius': 'border-radius',
  'border-radius size': 'border-radius',
  'box-shadow size': 'box-shadow',
});

/** "the opacity of the text": the text is the thing, the other word is its property. */
function besideText(a: PropertyWord, b: PropertyWord): PropertyWord | null {
  if (a === 'text') return b;
  return b === 'text' ? a : null;
}

function addProperties(wish: Wish, zone: Zone): boolean {
  for (const { property, sides } of zone.properties) {
    if (sides) wish.sides.push(...sides);
    if (wish.property === null || wish.property === property) wish.property = property;
    else {
      const joined = JOINED[[wish.property, property].sort().join(' ')] ?? besideText(wish.property, property);
      if (!joined) return false;
      wish.property = joined;
    }
  }
  return true;
}
