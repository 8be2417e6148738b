import type { Amount, Degree, LengthProperty } from '../intent.ts';

const LENGTH = /^(-?(?:\d+\.?\d*|\.\d+))(px|rem|em|pt|%|vh|vw|vmin|vmax|[dsl]v[hw]|ch)?$/i;

const FACTOR: Readonly<Record<Degree, number>> = { slight: 1.15, normal: 1.25, much: 1.5 };

/** What a step is at least, so that it shows, by unit. */
const SMALLEST_STEP: Readonly<Record<string, number>> = {
  px: 2,
  pt: 1,
  rem: 0.125,
  em: 0.125,
  '%': 5,
  vh: 2,
  vw: 2,
  ch: 1,
};

/** What a property becomes where it stands nowhere yet and more of it is wanted. */
const STARTING: Partial<Record<LengthProperty, Record<Degree, string>>> = {
  padding: { slight: '8px', normal: '16px', much: '32px' },
  margin: { slight: '8px', normal: '16px', much: '32px' },
  gap: { slight: '8px', normal: '16px', much: '32px' },
  'border-radius': { slight: '4px', normal: '8px', much: '16px' },
  'border-width': { slight: '1px', normal: '2px', much: '4px' },
  'letter-spacing': { slight: '0.02em', normal: '0.05em', much: '0.1em' },
  'line-height': { slight: '1.6', normal: '1.8', much: '2' },
  'font-weight': { slight: '600', normal: '700', much: '800' },
};

/** The value a length property is set to where a length without unit was said. */
const UNITLESS = new Set<LengthProperty>(['line-height', 'opacity', 'font-weight']);

/** A length as said, with the unit that a bare number lacks; null if the property cannot take it. */
export function writeSetLength(css: string, property: LengthProperty, current: string | null): string | null {
  const parts = css.split(' ');
  if (parts.length > 1) {
    const written = parts.map((part) => writeSetLength(part, property, current));
    return written.includes(null) ? null : written.join(' ');
  }
  const match = LENGTH.exec(css);
  if (!match) return null;
  const [, number = '', unit] = match;
  if (property === 'opacity') {
    const value = unit === '%' ? Number(number) / 100 : Number(number);
    return unit !== undefined && unit !== '%' ? null : value >= 0 && value <= 1 ? String(value) : null;
  }
  if (property === 'font-weight') return unit === undefined && /^[1-9]00$/.test(number) ? number : null;
  if (Number(number) < 0 && property !== 'margin' && property !== 'letter-spacing') return null;
  if (unit !== undefined || UNITLESS.has(property) || Number(number) === 0) return css;
  const currentUnit = current === null ? undefined : LENGTH.exec(current.split(/\s+/)[0] ?? '')?.[2];
  return number + (currentUnit === undefined || currentUnit === '%' ? 'px' : currentUnit === 'px' ? 'px' : 'px');
}

/** One length moved by an amount; null if it cannot be moved or would stay the same. */
export function moveLength(current: string, amount: Amount, property: LengthProperty): string | null {
  if (amount.kind === 'set') return writeSetLength(amount.css, property, current);
  if (amount.kind === 'start')
    return Number.parseFloat(current) === 0 ? writeSetLength(amount.css, property, current) : null;
  if (amount.kind === 'remove') return '0';
  if (amount.kind === 'default') return STARTING[property]?.normal ?? null;
  if (property === 'font-weight') return amount.kind === 'step' ? moveWeight(current, amount.sign) : null;
  const match = LENGTH.exec(current.trim());
  if (!match) return null;
  const number = Number(match[1]);
  const unit = (match[2] ?? '').toLowerCase();
  if (amount.kind === 'scale') return finish(number * amount.factor, unit, number);
  if (amount.by !== null) return moveBy(number, unit, amount.sign, amount.by);
  if (property === 'opacity')
    return finish(clampOpacity(number + amount.sign * opacityStep(amount.degree)), '', number);
  if (number === 0) return amount.sign === 1 ? startingLength(property, amount) : null;
  if (unit === '')
    return property === 'line-height' ? finish(number + amount.sign * lineStep(amount.degree), '', number) : null;
  const factor = FACTOR[amount.degree];
  const scaled = amount.sign === 1 ? number * factor : number / factor;
  const smallest = SMALLEST_STEP[unit] ?? 1;
  const tiny = Math.abs(number) <= smallest * 2 ? smallest / 2 : smallest;
  const delta = Math.max(Math.abs(scaled - number), tiny) * amount.sign * Math.sign(number);
  const moved = number + delta;
  return finish(amount.sign === -1 && number > 0 ? Math.max(0, moved) : moved, unit, number);
}

/** Where nothing is set yet: what more (or less) of a property starts with; null where nobody can tell. */
export function startingLength(property: LengthProperty, amount: Amount): string | null {
  if (amount.kind === 'set' || amount.kind === 'start') return writeSetLength(amount.css, property, null);
  if (amount.kind === 'default') return STARTING[property]?.normal ?? null;
  if (amount.kind !== 'step') return null;
  if (amount.sign === 1 && amount.by !== null)
    return LENGTH.test(amount.by) && property !== 'font-size' ? amount.by : null;
  if (property === 'opacity')
    return amount.sign === -1 ? String(Math.round((1 - opacityStep(amount.degree)) * 100) / 100) : null;
  if (property === 'line-height' && amount.sign === -1) return '1.3';
  return amount.sign === 1 ? (STARTING[property]?.[amount.degree] ?? null) : null;
}

function moveBy(number: number, unit: string, sign: 1 | -1, by: string): string | null {
  const match = LENGTH.exec(by);
  if (!match) return null;
  const step = Number(match[1]);
  const stepUnit = (match[2] ?? unit).toLowerCase();
  if (stepUnit === unit) return finish(number + sign * step, unit, number);
  if (stepUnit === '%') return finish(number * (1 + (sign * step) / 100), unit, number);
  const root = 16;
  if (stepUnit === 'px' && unit === 'rem') return finish(number + (sign * step) / root, unit, number);
  return stepUnit === 'rem' && unit === 'px' ? finish(number + sign * step * root, unit, number) : null;
}

function finish(value: number, unit: string, before: number): string | null {
  const rounded =
    unit === 'px' || unit === '%' || unit === 'pt'
      ? Math.round(value)
      : unit === ''
        ? Math.round(value * 100) / 100
        : Math.round(value * 16) / 16;
  if (rounded === before || rounded < 0 !== before < 0) return null;
  return rounded === 0 ? '0' : `${String(rounded)}${unit}`;
}

function opacityStep(degree: Degree): number {
  return degree === 'slight' ? 0.1 : degree === 'much' ? 0.4 : 0.2;
}

function clampOpacity(value: number): number {
  return Math.round(Math.min(1, Math.max(0.05, value)) * 100) / 100;
}

function lineStep(degree: Degree): number {
  return degree === 'slight' ? 0.1 : degree === 'much' ? 0.4 : 0.2;
}

const WEIGHTS = [300, 400, 500, 600, 700, 800, 900];

function moveWeight(current: string, sign: 1 | -1): string | null {
  const names: Readonly<Record<string, number>> = { normal: 400, bold: 700 };
  const now = names[current.trim()] ?? Number(current);
  const at = WEIGHTS.indexOf(now);
  if (at < 0) return null;
  if (sign === 1) return now < 600 ? '700' : (WEIGHTS[at + 1]?.toString() ?? null);
  return now >= 700 ? '500' : (WEIGHTS[at - 1]?.toString() ?? null);
}
