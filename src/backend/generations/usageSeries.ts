import type { Reader } from '../database/database.ts';

export const usageKeys = ['day', 'project', 'model', 'session'] as const;
export type UsageKey = (typeof usageKeys)[number];

/**
 * What was charged between two instants, summed by day of a time zone, project, model or session; only what cost
 * something or is open.
 */
export async function usageSeries(
  query: Reader,
  accountId: string,
  asked: { from: number; to: number; timeZone: string; by: UsageKey },
) {
  const rows = await query
    .selectFrom('calls')
    .select(['created_at', 'project', 'model', 'session', 'total_charged as charged'])
    .where('account_id', '=', accountId)
    .whereRef('generation_id', '=', 'id')
    .where('created_at', '>=', asked.from)
    .where('created_at', '<', asked.to)
    .where((where) => where.or([where('open_calls', '>', 0), where('settled_calls', '>', 0)]))
    .orderBy('created_at')
    .execute();
  // Swedish writes dates as ISO 8601 does.
  const days = new Intl.DateTimeFormat('sv-SE', { timeZone: asked.timeZone, dateStyle: 'short' });
  const sums = new Map<string, { key: string; charged: number; generations: number }>();
  for (const row of rows) {
    const key = asked.by === 'day' ? days.format(row.created_at) : (row[asked.by] ?? '');
    const sum = sums.get(key) ?? { key, charged: 0, generations: 0 };
    sums.set(key, { key, charged: sum.charged + row.charged, generations: sum.generations + 1 });
  }
  return { series: [...sums.values()] };
}
