/** Dates and times in the person's own language and time zone; instants come as ISO strings in UTC. */
export interface Dates {
  /** "1 Dec" */
  day(instant: string): string;
  /** "1 Dec, 09:14" */
  dayAndTime(instant: string): string;
  /** "09:14" */
  time(instant: string): string;
}

/** `timeZone` is an IANA name; undefined is the host's own. */
export function datesIn(locale: string, timeZone?: string): Dates {
  const zone = timeZone === undefined ? {} : { timeZone };
  const day = new Intl.DateTimeFormat(locale, { ...zone, day: 'numeric', month: 'short' });
  const time = new Intl.DateTimeFormat(locale, { ...zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return {
    day: (instant) => day.format(new Date(instant)),
    time: (instant) => time.format(new Date(instant)),
    dayAndTime: (instant) => `${day.format(new Date(instant))}, ${time.format(new Date(instant))}`,
  };
}
