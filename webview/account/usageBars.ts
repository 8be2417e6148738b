import type { Millitokens } from '../../src/core/tokens.ts';
import { millitokens } from '../../src/core/tokens.ts';
import type { GenerationBody, UsageBody } from '../../src/protocol/api.ts';
import { l10n } from '../l10n.ts';
import type { UsageKey } from './accountApi.ts';
import { days } from './days.ts';

/** One bar of the usage chart, and one row of its table. */
export interface UsageBar {
  readonly label: string;
  readonly charged: Millitokens;
  readonly generations: number;
}

/** What names the keys of a series: projects by their ids, sessions by when their first message was sent. */
export interface UsageNames {
  readonly projects: Readonly<Record<string, string>>;
  readonly receipts: readonly GenerationBody[];
}

/**
 * A series of usage as bars: days without gaps from `from` to `to`, in their order; everything else by what it cost,
 * the dearest first.
 */
export function usageBars(
  by: UsageKey,
  series: UsageBody['series'],
  { from, to }: { from: Date; to: Date },
  names: UsageNames,
): UsageBar[] {
  if (by !== 'day') {
    return series
      .toSorted((one, other) => other.charged - one.charged)
      .map(({ key, charged, generations }) => ({ label: labelOf(by, key, names), charged, generations }));
  }
  const byDay = new Map(series.map((each) => [each.key, each]));
  const bars: UsageBar[] = [];
  for (let at = startOfDay(from); at <= to; at = nextDay(at)) {
    const { charged = millitokens(0), generations = 0 } = byDay.get(days.key(at)) ?? {};
    bars.push({ label: days.day(at.toISOString()), charged, generations });
  }
  return bars;
}

function labelOf(by: Exclude<UsageKey, 'day'>, key: string, { projects, receipts }: UsageNames): string {
  if (key === '') return l10n('Other');
  if (by === 'model') return key;
  if (by === 'project') return projects[key] ?? key;
  const first = receipts.findLast(({ session }) => session === key);
  return first === undefined
    ? l10n('An earlier chat')
    : l10n('Chat of {date}', { date: days.dayAndTime(first.createdAt) });
}

function startOfDay(date: Date): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}

/** By the calendar, since a day may have 23 or 25 hours. */
function nextDay(date: Date): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1);
}
