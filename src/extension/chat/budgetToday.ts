import { dayBudget, type DayBudget } from '../../core/dayBudget.ts';
import type { Balance } from '../meter/balance.ts';
import type { LiveSpend } from '../meter/liveSpend.ts';
import { chatSettings } from './chatSettings.ts';

/**
 * How the person's own budget stands today for a chat, whose own answer is `own`: what the answers of others may still
 * cost is set aside, also of those in other windows. Null without a budget, or while today's charges are not known.
 */
export function budgetToday(
  { meter, liveSpend }: { readonly meter: { readonly balance: Balance }; readonly liveSpend: LiveSpend },
  own: string,
): (DayBudget & { readonly day: string }) | null {
  const perDay = chatSettings.budgetPerDay();
  const { account, today, day } = meter.balance;
  if (perDay === null || account === null || today === null) return null;
  return { ...dayBudget(perDay, today, liveSpend.setAside(account, own)), day };
}
