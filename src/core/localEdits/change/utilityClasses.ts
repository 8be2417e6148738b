import { hues, tailwindStep, type HueName } from '../colors/hues.ts';
import { isOfHue, parseColor } from '../colors/writeColor.ts';
import type { ColorValue } from '../colors/colorValue.ts';
import type { Amount, LengthProperty, Side } from '../intent.ts';
import { wordTable } from '../../wordTable.ts';

/** A utility class (Tailwind) taken apart: hover:bg-blue-600/90 is variant hover, family background, value blue-600. */
export interface UtilityClass {
  name: string;
  /** "hover:", "dark:md:", or empty: those with one are never touched. */
  variant: string;
  family: Family;
  /** What stands before the value: "bg-", "px-", "rounded-t-". */
  prefix: string;
  value: string;
  sides: readonly Side[];
}

export type Family =
  | 'background'
  | 'color'
  | 'border-color'
  | 'border-width'
  | 'padding'
  | 'margin'
  | 'gap'
  | 'font-size'
  | 'font-weight'
  | 'text-align'
  | 'text-decoration'
  | 'text-transform'
  | 'font-style'
  | 'border-radius'
  | 'box-shadow'
  | 'width'
  | 'height'
  | 'max-width'
  | 'opacity'
  | 'line-height'
  | 'letter-spacing';

const ALL: readonly Side[] = ['top', 'right', 'bottom', 'left'];
const AXES = wordTable<readonly Side[]>({
  '': ALL,
  x: ['left', 'right'],
  y: ['top', 'bottom'],
  t: ['top'],
  r: ['right'],
  b: ['bottom'],
  l: ['left'],
});

const COLOR =
  /^(?:[a-z]+(?:-[a-z]+)*-\d{2,3}|white|black|transparent|current|inherit|primary|secondary|accent|muted|foreground|background|brand|destructive|card|popover|surface|base|content|(?:[a-z]+-)?foreground|\[(?:#|rgb|hsl|oklch|var\(--)[^\]]*\]|\[[a-z]+\])(?:\/\d+)?$/;
const SPACE = /^(?:px|\d+(?:\.5)?|\[-?[\d.]+(?:px|rem|em|%)\])$/;
const SIZES = ['xs', 'sm', 'base', 'lg', 'xl', '2xl', '3xl', '4xl', '5xl', '6xl', '7xl', '8xl', '9xl'];
const SIZE_PX = [12, 14, 16, 18, 20, 24, 30, 36, 48, 60, 72, 96, 128];
const WEIGHTS = ['thin', 'extralight', 'light', 'normal', 'medium', 'semibold', 'bold', 'extrabold', 'black'];
const RADII = ['none', 'sm', '', 'md', 'lg', 'xl', '2xl', '3xl'];
const RADIUS_PX = [0, 2, 4, 6, 8, 12, 16, 24];
const SHADOWS = ['none', 'sm', '', 'md', 'lg', 'xl', '2xl'];
const WORDS = wordTable<Family>({
  'text-left': 'text-align',
  'text-center': 'text-align',
  'text-right': 'text-align',
  'text-justify': 'text-align',
  underline: 'text-decoration',
  'no-underline': 'text-decoration',
  'line-through': 'text-decoration',
  uppercase: 'text-transform',
  lowercase: 'text-transform',
  capitalize: 'text-transform',
  'normal-case': 'text-transform',
  italic: 'font-style',
  'not-italic': 'font-style',
});

/** The same classes come again and again; so many are remembered before the memory starts anew. */
const MAX_REMEMBERED = 10_000;

const remembered = new Map<string, UtilityClass | null>();

/** Takes a class name apart; null if it is no utility class that an edit could be about. */
export function readUtility(name: string): UtilityClass | null {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  const utility = takeApart(name);
  remembered.set(name, utility);
  return utility;
}

function takeApart(name: string): UtilityClass | null {
  const at = name.lastIndexOf(':', name.indexOf('[') < 0 ? name.length : name.indexOf('['));
  const variant = name.slice(0, at + 1);
  const bare = name.slice(at + 1);
  const make = (family: Family, prefix: string, value: string, sides: readonly Side[] = ALL): UtilityClass => ({
    name,
    variant,
    family,
    prefix,
    value,
    sides,
  });
  const word = WORDS[bare];
  if (word) return make(word, '', bare);
  const box = /^(-?[pm])([xytrbl]?)-(.+)$/.exec(bare);
  if (box && (SPACE.test(box[3] ?? '') || box[3] === 'auto'))
    return make(
      box[1] === 'p' ? 'padding' : 'margin',
      `${box[1] ?? ''}${box[2] ?? ''}-`,
      box[3] ?? '',
      AXES[box[2] ?? ''] ?? ALL,
    );
  const radius = /^rounded(?:-(?:[trblse]|tl|tr|bl|br))?(?:-(none|sm|md|lg|xl|2xl|3xl|full|\[[^\]]+\]))?$/.exec(bare);
  if (radius)
    return make('border-radius', radius[1] === undefined ? bare : bare.slice(0, -radius[1].length), radius[1] ?? '');
  const width = /^border(?:-([xytrbl]))?(?:-(\d|\[\d+px\]))?$/.exec(bare);
  if (width) return make('border-width', `border-${width[1] === undefined ? '' : `${width[1]}-`}`, width[2] ?? '');
  const shadow = /^shadow(?:-(none|xs|sm|md|lg|xl|2xl|inner))?$/.exec(bare);
  if (shadow) return make('box-shadow', 'shadow', shadow[1] ?? '');
  const split = /^([a-z]+(?:-[xy])?(?=-)|max-w)-(.+)$/.exec(bare);
  const family = split ? familyOf(split[1] ?? '', split[2] ?? '') : null;
  return family ? make(family, `${split?.[1] ?? ''}-`, split?.[2] ?? '') : null;
}

function familyOf(prefix: string, value: string): Family | null {
  switch (prefix) {
    case 'bg':
      return COLOR.test(value) ? 'background' : null;
    case 'text':
      return SIZES.includes(value) || /^\[[\d.]+(?:px|rem|em)\]$/.test(value)
        ? 'font-size'
        : COLOR.test(value)
          ? 'color'
          : null;
    case 'border':
      return COLOR.test(value) ? 'border-color' : null;
    case 'font':
      return WEIGHTS.includes(value) ? 'font-weight' : null;
    case 'gap':
    case 'gap-x':
    case 'gap-y':
    case 'space-x':
    case 'space-y':
      return SPACE.test(value) ? 'gap' : null;
    case 'w':
      return 'width';
    case 'h':
      return 'height';
    case 'max-w':
      return 'max-width';
    case 'opacity':
      return /^\d+$/.test(value) ? 'opacity' : null;
    case 'leading':
      return 'line-height';
    case 'tracking':
      return 'letter-spacing';
    default:
      return null;
  }
}

/** The colour part of a class for a wish: "blue-600", "[#2563eb]"; null if it cannot be told from what stands there. */
export function utilityColor(value: ColorValue, current: string | null): string | null {
  const [now = '', opacity] = (current ?? '').split('/');
  const suffix = opacity === undefined ? '' : `/${opacity}`;
  switch (value.kind) {
    case 'exact':
      return `[${value.css.replace(/\s+/g, '_')}]`;
    case 'transparent':
      return 'transparent';
    case 'named':
      return `[${value.name}]`;
    case 'hue':
      return paletteName(value.hue, tailwindStep(value.hue, darkGrayStep(value.hue, value.shade))) + suffix;
    case 'relative': {
      const moved = moveColor(now, value.direction, value.hue, value.degree === 'much' ? 2 : 1);
      return moved === null ? null : moved + suffix;
    }
    default:
      return null;
  }
}

function darkGrayStep(hue: HueName, shade: Parameters<typeof tailwindStep>[1]): Parameters<typeof tailwindStep>[1] {
  return hue === 'gray' && shade === 'bright' ? 'base' : shade;
}

function paletteName(hue: HueName, step: number): string {
  return step === 0 ? hue : `${hues[hue].tailwind}-${String(step)}`;
}

const STEPS = [50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950];

function moveColor(now: string, direction: 'darker' | 'lighter', hue: HueName | null, by: number): string | null {
  const [, name = '', digits = ''] = /^([a-z]+)-(\d{2,3})$/.exec(now) ?? [];
  const family = Object.hasOwn(hues, name) ? (name as HueName) : null;
  const same =
    hue === null ||
    name === hue ||
    (family !== null && isNear(family, hue)) ||
    (hue === 'gray' && /^(?:slate|zinc|neutral|stone)$/.test(name));
  if (!same || name === '') {
    if (now === 'white' && direction === 'darker' && (hue === null || hue === 'gray')) return 'gray-100';
    return hue === null || name === ''
      ? null
      : paletteName(hue, tailwindStep(hue, direction === 'darker' ? 'dark' : 'light'));
  }
  const at = STEPS.indexOf(Number(digits)) + (direction === 'darker' ? by : -by);
  const step = STEPS[Math.max(0, Math.min(STEPS.length - 1, at))];
  return step === undefined || step === Number(digits) ? null : `${name}-${String(step)}`;
}

function isNear(family: HueName, hue: HueName): boolean {
  const color = parseColor(hues[family].shades.base);
  return color !== null && isOfHue(color, hue);
}

const SPACES = [
  0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60, 64,
  72, 80, 96,
];

/** The value part of a spacing class for an amount, "6" for 24px; null if it cannot move. */
export function utilitySpace(amount: Amount, current: string | null): string | null {
  if (amount.kind === 'remove') return '0';
  if (amount.kind === 'set' || (amount.kind === 'start' && (current ?? '0') === '0')) return spaceFor(amount.css);
  if (amount.kind === 'start') return null;
  const now = current === null ? 0 : spacePx(current);
  if (now === null || amount.kind === 'default') return null;
  if (amount.kind === 'scale') return spaceFor(`${String(now * amount.factor)}px`);
  if (amount.by !== null) {
    const by = pixels(amount.by);
    return by === null ? null : spaceFor(`${String(Math.max(0, now + amount.sign * by))}px`);
  }
  const factor = amount.degree === 'slight' ? 1.1 : amount.degree === 'much' ? 1.6 : 1.25;
  const wanted = amount.sign === 1 ? Math.max(now * factor, current === null ? 16 : 0) : now / factor;
  const candidates = SPACES.filter((step) => (amount.sign === 1 ? step * 4 > now : step * 4 < now));
  const best = candidates.sort((a, b) => Math.abs(a * 4 - wanted) - Math.abs(b * 4 - wanted))[0];
  return best === undefined ? null : String(best);
}

function spaceFor(css: string): string | null {
  const px = pixels(css);
  if (px === null) return /^[\d.]+(?:%|vh|vw)$/.test(css) ? `[${css}]` : null;
  return SPACES.includes(px / 4) ? String(px / 4) : `[${css.replace(/^(\d+(?:\.\d+)?)$/, '$1px')}]`;
}

/** What a class of a length comes to: "24px" for p-6, "700" for font-bold; null where it names none. */
export function utilityLength({ family, value }: UtilityClass): string | null {
  if (family === 'font-weight') return `${String(WEIGHTS.indexOf(value) + 1)}00`;
  const scale = family === 'font-size' || family === 'border-radius' ? SCALES[family] : undefined;
  const px = scale && !value.startsWith('[') ? (scale.px[scale.names.indexOf(value)] ?? null) : spacePx(value);
  return px === null ? null : `${String(px)}px`;
}

function spacePx(value: string): number | null {
  if (value === 'px') return 1;
  return value.startsWith('[') ? pixels(value.slice(1, -1)) : Number.isFinite(Number(value)) ? Number(value) * 4 : null;
}

/** Pixels of a length; rem and em are 16. */
function pixels(css: string): number | null {
  const match = /^(-?[\d.]+)(px|rem|em)?$/.exec(css);
  return match ? Number(match[1]) * (match[2] === 'rem' || match[2] === 'em' ? 16 : 1) : null;
}

/** A step on one of the palette's scales: font sizes, weights, radii, shadows. */
export function utilityScale(
  property: LengthProperty | 'box-shadow',
  amount: Amount,
  current: string | null,
): string | null {
  const scale = SCALES[property];
  if (!scale) return null;
  const { names, px, start } = scale;
  if (amount.kind === 'start') return null;
  if (amount.kind === 'set') {
    if (property === 'font-weight') return names[Math.round(Number(amount.css) / 100) - 1] ?? null;
    const wanted = pixels(amount.css);
    const named = wanted === null ? -1 : px.indexOf(wanted);
    return named >= 0
      ? (names[named] ?? null)
      : wanted === null
        ? null
        : `[${amount.css.replace(/^(\d+(?:\.\d+)?)$/, '$1px')}]`;
  }
  if (amount.kind === 'remove') return property === 'border-radius' || property === 'box-shadow' ? 'none' : null;
  if (amount.kind === 'default') return 'lg';
  if (amount.kind === 'scale') return null;
  if (amount.by !== null) return null;
  const at = current === null ? start : names.indexOf(current);
  if (at < 0) return null;
  const by = amount.degree === 'much' ? 2 : 1;
  return names[at + amount.sign * by] ?? null;
}

const SCALES: Partial<Record<LengthProperty | 'box-shadow', { names: string[]; px: number[]; start: number }>> = {
  'font-size': { names: SIZES, px: SIZE_PX, start: 2 },
  'font-weight': { names: WEIGHTS, px: [], start: 3 },
  'border-radius': { names: RADII, px: RADIUS_PX, start: 2 },
  'box-shadow': { names: SHADOWS, px: [], start: 1 },
};
