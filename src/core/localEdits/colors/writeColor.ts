import {
  colorsNamed,
  converter,
  formatHex,
  formatHsl,
  formatRgb,
  formatCss,
  modeHsl,
  modeOklch,
  modeRgb,
  parse,
  useMode,
  type Color,
  type Hsl,
  type Rgb,
} from 'culori/fn';
import type { Degree } from '../intent.ts';
import type { ColorValue } from './colorValue.ts';
import { hues, type HueName } from './hues.ts';

useMode(modeRgb);
useMode(modeHsl);
useMode(modeOklch);
const toRgb = converter('rgb');
const toHsl = converter('hsl');
const toOklch = converter('oklch');

/** A CSS colour, or null for what is none: a variable, a gradient, a keyword that depends on its place. */
export function parseColor(text: string): Rgb | null {
  const color = parse(text.trim());
  return (color && toRgb(color)) ?? null;
}

/**
 * The text of a colour in the notation of the one it replaces; null if it cannot be told, because it is relative and
 * what stands there is no plain colour.
 */
export function writeColor(value: ColorValue, current: string | null): string | null {
  switch (value.kind) {
    case 'exact':
      return value.css;
    case 'transparent':
      return 'transparent';
    case 'named':
      return notate(
        value.name,
        `#${(colorsNamed as Record<string, number>)[value.name]?.toString(16).padStart(6, '0') ?? ''}`,
        current,
      );
    case 'hue': {
      const keyword = value.shade === 'base' ? value.hue : `${value.shade}${value.hue}`;
      const isKeyword = Object.hasOwn(colorsNamed, keyword) && value.hue !== 'gray';
      return notate(isKeyword ? keyword : null, hues[value.hue].shades[value.shade], current);
    }
    case 'relative':
      return shift(value.direction, value.hue, value.degree, current);
    default:
      return null;
  }
}

/** Follows the notation of the current value: keyword, hex (short, capitals), rgb(), hsl(), oklch(). */
function notate(keyword: string | null, hex: string, current: string | null): string {
  const now = current?.trim() ?? '';
  if (keyword !== null && /^[a-z]+$/i.test(now) && Object.hasOwn(colorsNamed, now.toLowerCase())) return keyword;
  const color = parse(hex);
  if (!color) return hex;
  if (/^oklch\(/i.test(now)) return formatOklch(color);
  if (/^hsla?\(/i.test(now)) return formatHsl(color);
  if (/^rgba?\(/i.test(now)) return formatRgb(color);
  const short = /^#([0-9a-f])\1([0-9a-f])\2([0-9a-f])\3$/i.exec(hex);
  const written = short && now.length === 4 ? `#${short[1] ?? ''}${short[2] ?? ''}${short[3] ?? ''}` : hex;
  return /[A-F]/.test(now) && now.startsWith('#') ? written.toUpperCase() : written;
}

function formatOklch(color: Color): string {
  const { l, c, h } = toOklch(color);
  const round = (value: number, digits: number): number => Number(value.toFixed(digits));
  return formatCss({ mode: 'oklch', l: round(l, 3), c: round(c, 3), h: round(h ?? 0, 1) });
}

/** How far lightness moves, in hundredths of HSL lightness. */
const STEP: Readonly<Record<Degree, number>> = { slight: 0.06, normal: 0.1, much: 0.2 };

/** Hues this close, in degrees, are one family: a darker red of a red. */
const SAME_HUE = 35;

function shift(
  direction: 'darker' | 'lighter',
  hue: HueName | null,
  degree: Degree,
  current: string | null,
): string | null {
  const now = current === null ? null : parseColor(current);
  if (!now || current === null) {
    return hue === null || current !== null
      ? null
      : notate(null, hues[hue].shades[direction === 'darker' ? 'dark' : 'light'], null);
  }
  if (hue !== null && !isOfHue(now, hue))
    return notate(null, hues[hue].shades[direction === 'darker' ? 'dark' : 'light'], current);
  const hsl = toHsl(now);
  const sign = direction === 'darker' ? -1 : 1;
  const lightness = clamp(hsl.l + sign * STEP[degree]);
  // Near the ends a whole step would be black or white; a part of what is left still shows.
  const end = sign === 1 ? 1 : 0;
  const l = lightness === end ? hsl.l + (end - hsl.l) / 2 : lightness;
  if (Math.abs(l - hsl.l) < 0.012) return null;
  return notate(null, formatHex({ ...hsl, l }), /^[a-z]+$/i.test(current.trim()) ? null : current);
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** Whether a colour is of the family that a hue word names. */
export function isOfHue(color: Rgb, hue: HueName): boolean {
  const hsl: Hsl = toHsl(color);
  if (hue === 'white') return hsl.l > 0.96;
  if (hue === 'black') return hsl.l < 0.08;
  const gray = hsl.s < 0.2 || hsl.h === undefined;
  if (hue === 'gray' || gray) return hue === 'gray' && gray && hsl.l > 0.05 && hsl.l < 0.97;
  const named = parse(hues[hue].shades.base);
  const wanted = named ? (toHsl(named).h ?? 0) : 0;
  const distance = Math.abs((hsl.h ?? 0) - wanted);
  return Math.min(distance, 360 - distance) <= SAME_HUE;
}
