import { MILLITOKENS_PER_TOKEN, type Millitokens } from './tokens.ts';

/** Below this a range says "under 0.1": one decimal could not tell it from nothing. */
const SMALLEST_SHOWN_IN_RANGE = 100;
/** From here on a range shows whole tokens: a decimal would promise a precision that an estimate has not. */
const WHOLE_FROM = 10 * MILLITOKENS_PER_TOKEN;
const TENTH = 100;
const HUNDREDTH = 10;

const formats = new Map<string, Intl.NumberFormat>();

/** A balance with one decimal, rounded down: "287.4". Never shows more than there is. */
export function formatBalance(amount: Millitokens, locale?: string): string {
  return fixed(Math.floor(amount / TENTH) / 10, 1, locale);
}

/** An allowance: whole where it is whole ("1,500"), else with one decimal, rounded down. */
export function formatAllowance(amount: Millitokens, locale?: string): string {
  const whole = amount % MILLITOKENS_PER_TOKEN === 0;
  return whole ? fixed(amount / MILLITOKENS_PER_TOKEN, 0, locale) : formatBalance(amount, locale);
}

/** A charge with two decimals: "0.64". Nothing is "0"; something is never shown as nothing. */
export function formatCharge(amount: Millitokens, locale?: string): string {
  if (amount === 0) return fixed(0, 0, locale);
  return fixed(Math.max(1, Math.round(amount / HUNDREDTH)) / 100, 2, locale);
}

/** The balance on a receipt, with two decimals, rounded down: "298.76". */
export function formatReceiptBalance(amount: Millitokens, locale?: string): string {
  return fixed(Math.floor(amount / HUNDREDTH) / 100, 2, locale);
}

/**
 * A price range with one decimal, whole from 10 on: "0.9–1.4", "under 0.1". One number where both ends show the same.
 */
export function formatRange(low: Millitokens, high: Millitokens, locale?: string): string {
  if (high < SMALLEST_SHOWN_IN_RANGE)
    return `under ${fixed(SMALLEST_SHOWN_IN_RANGE / MILLITOKENS_PER_TOKEN, 1, locale)}`;
  const from = rangeEnd(Math.max(low, SMALLEST_SHOWN_IN_RANGE), locale);
  const to = rangeEnd(high, locale);
  return from === to ? to : `${from}–${to}`;
}

/** What a message stops at, with one decimal: "4.0". Rounded up, because it is a promise. */
export function formatLimit(amount: Millitokens, locale?: string): string {
  return fixed(Math.ceil(amount / TENTH) / 10, 1, locale);
}

function rangeEnd(amount: number, locale: string | undefined): string {
  const tenths = Math.round(amount / TENTH);
  if (tenths * TENTH < WHOLE_FROM) return fixed(tenths / 10, 1, locale);
  return fixed(Math.round(amount / MILLITOKENS_PER_TOKEN), 0, locale);
}

function fixed(value: number, decimals: number, locale: string | undefined): string {
  const key = `${decimals} ${locale ?? ''}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    formats.set(key, format);
  }
  return format.format(value);
}
