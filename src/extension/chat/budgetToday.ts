import { dayBudget, type DayBudget } from '../../core/dayBudget.ts';
import type { Balance } from '../meter/balance.ts';
import { chatSettings } from './chatSettings.ts';

/** How the person's own budget stands today; null without one, or while today's charges are not known. */
export function budgetToday({ balance }: { readonly balance: Balance }): (DayBudget & { readonly day: string }) | null {
  const perDay = chatSettings.budgetPerDay();
  if (perDay === null || balance.today === null) return null;
  return { ...dayBudget(perDay, balance.today), day: balance.day };
}
