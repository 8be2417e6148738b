/** `[start, end)`, both ISO 8601 in UTC with milliseconds. */
export interface BillingPeriod {
  readonly start: string;
  readonly end: string;
}

const MONTHS_PER_YEAR = 12;
/** A date and a time with its zone; without a zone an instant would depend on the machine that reads it. */
const INSTANT = /^(\d{4}|[+-]\d{6})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * The monthly period that holds an instant, counted from the anchor in UTC. The anchor's day is clamped to short
 * months and comes back afterwards (Jan 31, Feb 28, Mar 31). RangeError if the instant is before the anchor, or either
 * is no instant.
 */
export function periodAt(anchor: string, instant: string): BillingPeriod {
  const first = parseInstant(anchor);
  const now = parseInstant(instant);
  if (now < first) throw new RangeError(`${instant} is before the anchor ${anchor}`);
  const from = new Date(first);
  const to = new Date(now);
  const years = to.getUTCFullYear() - from.getUTCFullYear();
  const months = years * MONTHS_PER_YEAR + to.getUTCMonth() - from.getUTCMonth();
  const index = monthsAfter(from, months) <= now ? months : months - 1;
  return { start: isoOf(monthsAfter(from, index)), end: isoOf(monthsAfter(from, index + 1)) };
}

/** Milliseconds of the anchor moved by whole months, its day clamped to the month it lands in. */
function monthsAfter(anchor: Date, months: number): number {
  const moved = new Date(anchor);
  moved.setUTCDate(1);
  moved.setUTCMonth(anchor.getUTCMonth() + months);
  moved.setUTCDate(Math.min(anchor.getUTCDate(), daysInMonth(moved)));
  return moved.getTime();
}

/** Day 0 of the next month is the last of this one. */
function daysInMonth(date: Date): number {
  const last = new Date(date);
  last.setUTCMonth(date.getUTCMonth() + 1, 0);
  return last.getUTCDate();
}

/** `Date` itself takes a 30 February for a day in March; here that is an error. */
function parseInstant(text: string): number {
  const match = INSTANT.exec(text);
  const parsed = Date.parse(text);
  if (match === null || Number.isNaN(parsed)) throw new RangeError(`not an instant: ${text}`);
  const month = new Date(Date.UTC(2000, 0, 1));
  month.setUTCFullYear(Number(match[1]), Number(match[2]) - 1, 1);
  if (Number(match[3]) > daysInMonth(month)) throw new RangeError(`no such day: ${text}`);
  return parsed;
}

/** RangeError by `toISOString` where the calendar of dates ends. */
function isoOf(time: number): string {
  return new Date(time).toISOString();
}
