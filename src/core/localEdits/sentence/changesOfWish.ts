import type { ColorValue } from '../colors/colorValue.ts';
import type { Amount, Change, ColorProperty, Degree, LengthProperty, ShadowStrength } from '../intent.ts';
import type { Chunk, PropertyWord } from './chunk.ts';
import type { Wish } from './wish.ts';

/** The 9999px of a pill is the largest number that people write into a style; beyond it is a slip of the finger. */
const LARGEST_NUMBER = 9_999;

/** The changes a wish asks for; null where its words don't make one, empty where it names no change at all. */
export function changesOfWish(wish: Wish): Change[] | null {
  const parts = sortValues(wish);
  const said = [...wish.lengths, wish.by ?? '0'];
  if (!parts || said.some((length) => Math.abs(Number.parseFloat(length)) > LARGEST_NUMBER)) return null;
  // Colours and text are there or not; taking them away is taking the thing away.
  if (wish.verb === 'remove' && (wish.colors.length > 0 || wish.property === 'text')) return null;
  const color = colorOf(wish, parts);
  if (color === 'unclear') return null;
  if (wish.verb === 'align') return alignChange(wish, parts);
  if (wish.property === 'border') return borderChange(wish, parts, color);
  if (wish.property === 'box-shadow') return shadowChange(wish, parts, color);
  const changes: Change[] = [];
  if (color) {
    const property = colorProperty(wish.property);
    if (!property) return null;
    changes.push({ kind: 'color', property, value: color, from: wish.fromColor });
  }
  const keywords = keywordChanges(wish, parts);
  if (!keywords) return null;
  const length = lengthChange(wish, parts, changes.length + keywords.length > 0);
  if (length === 'unclear') return null;
  changes.push(...keywords, ...(length ? [length] : []));
  return changes;
}

/** The values of a wish by kind, one of each at most. */
interface Parts {
  keywords: Extract<Chunk, { kind: 'keyword' }>[];
  comparative: Extract<Chunk, { kind: 'comparative' }> | null;
  darkness: 1 | -1 | null;
  degree: Degree;
  strength: ShadowStrength | null;
  line: string | null;
  none: boolean;
}

function sortValues(wish: Wish): Parts | null {
  const parts: Parts = {
    keywords: [],
    comparative: null,
    darkness: null,
    degree: 'normal',
    strength: null,
    line: null,
    none: false,
  };
  for (const value of wish.values) {
    if (value.kind === 'keyword') parts.keywords.push(value);
    else if (value.kind === 'degree') parts.degree = value.degree;
    else if (value.kind === 'strength') parts.strength = value.strength;
    else if (value.kind === 'line') parts.line = value.style;
    else if (value.kind === 'none') parts.none = true;
    else if (value.kind !== 'comparative') return null;
    else if (value.axis === 'darkness') parts.darkness = value.sign;
    else if (parts.comparative && parts.comparative.axis !== 'amount' && value.axis !== 'amount') return null;
    else if (!parts.comparative || parts.comparative.axis === 'amount') {
      const turned = parts.comparative?.sign === -1 ? -value.sign : value.sign;
      parts.comparative = { ...value, sign: turned === 1 ? 1 : -1 };
    }
  }
  return parts;
}

const COLORED = new Set<PropertyWord>([
  'background',
  'color',
  'surface',
  'text',
  'border',
  'border-color',
  'font-family',
]);

function colorOf(wish: Wish, parts: Parts): ColorValue | null | 'unclear' {
  const exact = wish.colors.filter((color) => color.kind === 'exact');
  const spoken = wish.colors.filter((color) => color.kind !== 'exact');
  if (exact.length > 1 || spoken.length > 1) return 'unclear';
  // "change the blue to #123": whose blue?
  if (exact.length + spoken.length > 1 && !wish.target && !wish.pronoun) return 'unclear';
  const said = exact[0] ?? spoken[0] ?? null;
  if (wish.like && (said || parts.darkness)) return 'unclear';
  if (wish.like) return { kind: 'like', phrase: wish.like };
  const direction = directionOf(wish, parts);
  if (direction === null) return said;
  if (wish.property !== null && !COLORED.has(wish.property)) return null;
  if (said && said.kind !== 'hue') return 'unclear';
  return { kind: 'relative', direction, hue: said?.hue ?? null, degree: parts.degree };
}

function directionOf(wish: Wish, parts: Parts): 'darker' | 'lighter' | null {
  if (wish.verb === 'darken') return 'darker';
  if (wish.verb === 'lighten') return 'lighter';
  if (parts.darkness === null) return null;
  return parts.darkness === 1 ? 'darker' : 'lighter';
}

function colorProperty(property: PropertyWord | null): ColorProperty | null {
  if (property === null || property === 'surface') return 'surface';
  if (property === 'text' || property === 'font-family') return 'color';
  return property === 'background' || property === 'color' || property === 'border-color' ? property : null;
}

/** "align the hero text left" */
function alignChange(wish: Wish, parts: Parts): Change[] | null {
  const [side, ...others] = [...new Set(wish.sides)];
  const centered = parts.keywords.some((keyword) => keyword.property === 'text-align');
  if (centered) return keywordChanges({ ...wish, property: null }, parts);
  if (others.length > 0 || (side !== 'left' && side !== 'right')) return null;
  return [{ kind: 'keyword', property: 'text-align', value: side, ofText: wish.property === 'text' }];
}

function borderChange(wish: Wish, parts: Parts, color: ColorValue | null): Change[] | null {
  const sides = [...new Set(wish.sides)];
  if (parts.none || wish.verb === 'remove') {
    return color || wish.lengths.length > 0
      ? null
      : [{ kind: 'border', amount: 'remove', sides, width: null, style: null, color: null }];
  }
  if (parts.keywords.some((keyword) => keyword.property === 'border-radius')) {
    return keywordChanges({ ...wish, property: 'border-radius' }, parts);
  }
  if (parts.keywords.length > 0 || wish.lengths.length > 1) return null;
  const sign = stepSign(wish, parts);
  const width = wish.lengths[0] ?? (parts.comparative?.sign === -1 && wish.verb === 'add' ? '1px' : null);
  if (sign !== null && wish.verb !== 'add' && !color && !width) {
    const amount: Amount = { kind: 'step', sign, degree: parts.degree, by: wish.by };
    return [{ kind: 'length', property: 'border-width', sides, amount, from: null }];
  }
  if (wish.verb !== 'add' && !color && !width && !parts.line) return null;
  // "make the border blue" is about the border that is there; "a blue border" may be new.
  if (wish.verb === 'set' && color && !width && !parts.line && sides.length === 0) {
    return [{ kind: 'color', property: 'border-color', value: color, from: wish.fromColor }];
  }
  return [{ kind: 'border', amount: 'add', sides, width, style: parts.line, color }];
}

function shadowChange(wish: Wish, parts: Parts, color: ColorValue | null): Change[] | null {
  if (color || wish.lengths.length > 0 || parts.keywords.some((keyword) => keyword.property !== 'box-shadow'))
    return null;
  const strength = parts.strength ?? 'normal';
  if (parts.none || wish.verb === 'remove') return [{ kind: 'shadow', amount: 'remove', strength }];
  const sign = stepSign(wish, parts) ?? (parts.darkness === null ? null : parts.darkness);
  if (sign !== null && wish.verb !== 'add') return [{ kind: 'shadow', amount: sign === 1 ? 'more' : 'less', strength }];
  if (sign !== null) return [{ kind: 'shadow', amount: 'add', strength: sign === 1 ? 'strong' : 'subtle' }];
  return wish.verb === 'add' || wish.verb === 'give' || wish.verb === 'use' || parts.strength
    ? [{ kind: 'shadow', amount: 'add', strength }]
    : wish.verb === null
      ? [{ kind: 'shadow', amount: 'add', strength }]
      : null;
}

/** What taking a style away leaves. */
const INVERSE: Readonly<Record<string, string>> = {
  'font-weight bold': 'normal',
  'font-style italic': 'normal',
  'text-decoration underline': 'none',
  'text-decoration line-through': 'none',
  'text-transform uppercase': 'none',
  'text-transform capitalize': 'none',
  'text-transform lowercase': 'none',
};

function keywordChanges(wish: Wish, parts: Parts): Change[] | null {
  if (wish.verb === 'remove' && parts.keywords.length > 0) {
    const [only, ...others] = parts.keywords;
    const value = only && INVERSE[`${only.property} ${only.value}`];
    return only && value !== undefined && others.length === 0
      ? [{ kind: 'keyword', property: only.property, value, ofText: false }]
      : null;
  }
  const changes = parts.keywords.flatMap((keyword): Change[] => {
    if (keyword.property === 'box-shadow') return [{ kind: 'shadow', amount: 'remove', strength: 'normal' }];
    if (keyword.property === 'border') {
      return [{ kind: 'border', amount: 'remove', sides: [], width: null, style: null, color: null }];
    }
    if (keyword.property === 'border-radius' && keyword.value === 'rounded') return [];
    return [{ kind: 'keyword', property: keyword.property, value: keyword.value, ofText: wish.property === 'text' }];
  });
  if (wish.property === 'text-decoration' && changes.length === 0) {
    const gone = parts.none || wish.verb === 'remove';
    changes.push({ kind: 'keyword', property: 'text-decoration', value: gone ? 'none' : 'underline', ofText: true });
  }
  return changes;
}

const MEASURED: ReadonlySet<string> = new Set<LengthProperty>([
  'padding',
  'margin',
  'gap',
  'font-size',
  'line-height',
  'letter-spacing',
  'border-radius',
  'border-width',
  'width',
  'height',
  'max-width',
  'min-width',
  'max-height',
  'min-height',
  'opacity',
  'font-weight',
  'size',
  'space',
]);

/** `settled` says that other words already made a change, so that no length has to be found. */
function lengthChange(wish: Wish, parts: Parts, settled: boolean): Change | null | 'unclear' {
  const rounded = parts.keywords.some((keyword) => keyword.property === 'border-radius' && keyword.value === 'rounded');
  const property =
    rounded && (wish.property === null || wish.property === 'border') ? 'border-radius' : lengthProperty(wish, parts);
  if (wish.property !== null && settled && !MEASURED.has(wish.property) && wish.lengths.length === 0) return null;
  const amount = amountOf(wish, parts, rounded);
  if (!amount && wish.verb === null && wish.property !== null && !hasWords(wish, parts)) return null;
  if (!amount) return settled || (wish.property === null && !hasWords(wish, parts)) ? null : 'unclear';
  if (!property) return 'unclear';
  if (wish.lengths.length > 1 && !isShorthand(wish, property)) return 'unclear';
  const plain = settled && wish.lengths.length === 0 && !parts.comparative && wish.by === null;
  if (plain) return null;
  return { kind: 'length', property, sides: [...new Set(wish.sides)], amount, from: wish.fromLength };
}

/** "padding 8px 16px", as a style sheet writes it. */
function isShorthand(wish: Wish, property: LengthProperty): boolean {
  return (property === 'padding' || property === 'margin') && wish.sides.length === 0 && wish.lengths.length <= 4;
}

function hasWords(wish: Wish, parts: Parts): boolean {
  return wish.lengths.length > 0 || parts.comparative !== null || parts.none || parts.line !== null || wish.by !== null;
}

function lengthProperty(wish: Wish, parts: Parts): LengthProperty | null {
  const axis = parts.comparative?.axis;
  const named = wish.property;
  if (named === 'text' || named === 'font-family')
    return axis === 'weight' || axis === 'thickness' ? 'font-weight' : 'font-size';
  const bare = wish.lengths.length > 0 && wish.lengths.every((length) => !/[a-z%]$/.test(length));
  if (named === 'size' && bare) return null;
  if (named && MEASURED.has(named)) return named as LengthProperty;
  if (named) return null;
  if (axis === 'width' || axis === 'height' || axis === 'size' || axis === 'space' || axis === 'opacity') return axis;
  if (axis === 'weight') return 'font-weight';
  if (axis === 'room') return 'padding';
  if (axis === 'apart') return 'gap';
  if (axis === 'radius') return 'border-radius';
  // "40px below the title"
  if (axis === undefined && wish.sides.length > 0) return 'space';
  // A number without a unit says nothing about size: "the version to 2.0".
  return axis === undefined && wish.lengths.some((length) => /[a-z%]$/.test(length)) ? 'size' : null;
}

function amountOf(wish: Wish, parts: Parts, rounded: boolean): Amount | null {
  const [length] = wish.lengths;
  const sign = stepSign(wish, parts);
  if (wish.verb === 'scale') return { kind: 'scale', factor: wish.factor };
  if (wish.by !== null) return sign === null ? null : { kind: 'step', sign, degree: 'normal', by: wish.by };
  if (length !== undefined) {
    const { comparative } = parts;
    const relative = comparative !== null && comparative.plain !== true;
    if (relative && sign !== null) return { kind: 'step', sign, degree: 'normal', by: length };
    return { kind: wish.verb === 'add' && isSpace(wish) ? 'start' : 'set', css: wish.lengths.join(' ') };
  }
  if (parts.none || (wish.verb === 'remove' && wish.property !== null)) return { kind: 'remove' };
  if (sign !== null) return { kind: 'step', sign, degree: parts.degree, by: null };
  if (rounded)
    return parts.degree === 'normal' ? { kind: 'default' } : { kind: 'step', sign: 1, degree: parts.degree, by: null };
  if (rounds(wish)) return { kind: 'default' };
  if ((wish.verb === 'add' || wish.verb === 'give') && wish.property !== null)
    return { kind: 'step', sign: 1, degree: parts.degree, by: null };
  return null;
}

function isSpace({ property }: Wish): boolean {
  return property === 'padding' || property === 'margin' || property === 'gap' || property === 'space';
}

/** "give the cards rounded corners" */
function rounds(wish: Wish): boolean {
  const gives = wish.verb === 'give' || wish.verb === 'add' || wish.verb === 'use';
  return gives && wish.property === 'border-radius' && wish.lengths.length === 0;
}

function stepSign(wish: Wish, parts: Parts): 1 | -1 | null {
  if (wish.verb === 'increase' || (wish.verb === 'add' && wish.by !== null)) return 1;
  if (wish.verb === 'decrease') return -1;
  if (parts.comparative) return parts.comparative.sign;
  return wish.property === 'font-weight' && parts.darkness !== null ? (parts.darkness === 1 ? 1 : -1) : null;
}
