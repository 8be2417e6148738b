import { wordTable } from '../../wordTable.ts';

/** The hue words people use, each in five shades. The values are those of the palette that Tailwind made common. */
export const hues = {
  red: row('fee2e2', 'fca5a5', 'ef4444', 'dc2626', '991b1b', 600, 'red'),
  orange: row('ffedd5', 'fdba74', 'fb923c', 'f97316', '9a3412', 500, 'orange'),
  amber: row('fef3c7', 'fcd34d', 'fbbf24', 'f59e0b', '92400e', 500, 'amber'),
  yellow: row('fef9c3', 'fde047', 'facc15', 'eab308', '854d0e', 500, 'yellow'),
  green: row('dcfce7', '86efac', '22c55e', '16a34a', '166534', 600, 'green'),
  emerald: row('d1fae5', '6ee7b7', '10b981', '059669', '065f46', 600, 'emerald'),
  teal: row('ccfbf1', '5eead4', '14b8a6', '0d9488', '115e59', 600, 'teal'),
  cyan: row('cffafe', '67e8f9', '22d3ee', '06b6d4', '155e75', 500, 'cyan'),
  sky: row('e0f2fe', '7dd3fc', '38bdf8', '0ea5e9', '075985', 500, 'sky'),
  blue: row('dbeafe', '93c5fd', '3b82f6', '2563eb', '1e40af', 600, 'blue'),
  indigo: row('e0e7ff', 'a5b4fc', '6366f1', '4f46e5', '3730a3', 600, 'indigo'),
  violet: row('ede9fe', 'c4b5fd', '8b5cf6', '7c3aed', '5b21b6', 600, 'violet'),
  purple: row('f3e8ff', 'd8b4fe', 'a855f7', '9333ea', '6b21a8', 600, 'purple'),
  pink: row('fce7f3', 'f9a8d4', 'f472b6', 'ec4899', '9d174d', 500, 'pink'),
  rose: row('ffe4e6', 'fda4af', 'f43f5e', 'e11d48', '9f1239', 600, 'rose'),
  slate: row('f1f5f9', 'cbd5e1', '94a3b8', '64748b', '334155', 500, 'slate'),
  gray: row('f3f4f6', 'd1d5db', '9ca3af', '6b7280', '374151', 500, 'gray'),
  white: row('ffffff', 'ffffff', 'ffffff', 'ffffff', 'ffffff', 0, 'white'),
  black: row('000000', '000000', '000000', '000000', '000000', 0, 'black'),
} as const satisfies Record<string, HueRow>;

export type HueName = keyof typeof hues;
export type Shade = 'pale' | 'light' | 'bright' | 'base' | 'dark';

export interface HueRow {
  shades: Record<Shade, string>;
  /** The step of the Tailwind palette that `base` stands for; 0 where the palette has none. */
  baseStep: number;
  tailwind: string;
}

function row(
  pale: string,
  light: string,
  bright: string,
  base: string,
  dark: string,
  baseStep: number,
  tailwind: string,
): HueRow {
  const hex = (digits: string): string => `#${digits}`;
  const shades = { pale: hex(pale), light: hex(light), bright: hex(bright), base: hex(base), dark: hex(dark) };
  return { shades, baseStep, tailwind };
}

const SPELLINGS = wordTable<HueName>({ grey: 'gray', grays: 'gray', golden: 'amber' });

/** The hue that a word names, or null. */
export function hueOf(word: string): HueName | null {
  const lower = word.toLowerCase();
  const spelled = SPELLINGS[lower];
  if (spelled) return spelled;
  return Object.hasOwn(hues, lower) ? (lower as HueName) : null;
}

const SHADE_WORDS = wordTable<Shade>({
  dark: 'dark',
  deep: 'dark',
  light: 'light',
  soft: 'light',
  pale: 'pale',
  faint: 'pale',
  pastel: 'light',
  bright: 'bright',
  vivid: 'bright',
});

/** "dark", "light", "pale" and their like, or null. */
export function shadeOf(word: string): Shade | null {
  return SHADE_WORDS[word.toLowerCase()] ?? null;
}

/** The Tailwind step for a shade of a hue: 800 for dark, 300 for light. */
export function tailwindStep(hue: HueName, shade: Shade): number {
  const steps: Record<Shade, number> = { pale: 100, light: 300, bright: 500, base: hues[hue].baseStep, dark: 800 };
  return hues[hue].baseStep === 0 ? 0 : steps[shade];
}
