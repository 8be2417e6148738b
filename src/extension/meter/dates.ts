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
  // At their first use: the first format of a process reads all that is known of languages, which takes 15 ms.
  let formats: Record<'day' | 'time', Intl.DateTimeFormat> | undefined;
  const format = (part: 'day' | 'time', instant: string) => {
    formats ??= {
      day: new Intl.DateTimeFormat(locale, { ...zone, day: 'numeric', month: 'short' }),
      time: new Intl.DateTimeFormat(locale, { ...zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    };
    return formats[part].format(new Date(instant));
  };
  return {
    day: (instant) => format('day', instant),
    time: (instant) => format('time', instant),
    dayAndTime: (instant) => `${format('day', instant)}, ${format('time', instant)}`,
  };
}
