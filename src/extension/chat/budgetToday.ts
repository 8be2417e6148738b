import { dayBudget, type DayBudget } from '../../core/dayBudget.ts';
import type { Millitokens } from '../../core/tokens.ts';
import type { Balance } from '../meter/balance.ts';
import { chatSettings } from './chatSettings.ts';

/**
 * How the person's own budget stands today; null without one, or while today's charges are not known. `setAside` is
 * what the answers of other chats may still cost.
 */
export function budgetToday(
  { balance }: { readonly balance: Balance },
  setAside: Millitokens,
): (DayBudget & { readonly day: string }) | null {
  const perDay = chatSettings.budgetPerDay();
  if (perDay === null || balance.today === null) return null;
  return { ...dayBudget(perDay, balance.today, setAside), day: balance.day };
}
