/** Days and times in the person's own language and time zone; instants come as ISO strings in UTC. */
export const days = {
  /** "1 Dec" */
  day: (instant: string): string => new Intl.DateTimeFormat(undefined, DAY).format(new Date(instant)),
  /** "1 Dec, 09:14" */
  dayAndTime: (instant: string): string => new Intl.DateTimeFormat(undefined, DAY_AND_TIME).format(new Date(instant)),
  /** The person's own day, as `2026-11-22`: as the backend names days. */
  key: (date: Date): string => `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`,
  timeZone: (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone,
};

const DAY = { day: 'numeric', month: 'short' } as const;
const DAY_AND_TIME = { ...DAY, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}
