import type { Money, Plan } from './plans.ts';
import type { PlanStanding } from './planStanding.ts';
import { renewal } from './renewal.ts';
import { millitokens, type Millitokens } from './tokens.ts';

/**
 * What choosing a plan leads to. `purchase`, `upgrade` and `renewal` say what is paid today; `upgrade` and `renewal`
 * also say what is granted at once, in the running period. A `downgrade` is scheduled for the period's end and costs
 * nothing; `current` calls off what is scheduled.
 */
export type PlanChange =
  | { readonly kind: 'current' }
  | { readonly kind: 'purchase'; readonly pay: Money }
  | { readonly kind: 'upgrade' | 'renewal'; readonly pay: Money; readonly grant: Millitokens }
  | { readonly kind: 'downgrade' };

/**
 * Free to paid is a purchase at the whole price; paid to dearer pays the whole difference now and grants the whole
 * difference now, nothing prorated; cheaper or free waits for the period's end (design, section 4). While the running
 * period is `owed`, its payment comes first, for whoever chooses it or anything dearer. Of a plan that was `given`
 * nothing is credited: a dearer one is bought whole; and of one from `practice` neither, so that any is bought whole.
 */
export function planChange(current: Plan, target: Plan, standing: PlanStanding): PlanChange {
  const isBought = current.id === 'free' || standing === 'practice';
  if (isBought && target.price.amount > 0) return { kind: 'purchase', pay: target.price };
  const isCurrent = target.id === current.id;
  if (!isCurrent && target.price.amount <= current.price.amount) return { kind: 'downgrade' };
  if (standing === 'owed') return { kind: 'renewal', pay: current.price, grant: renewal.rest(current) };
  if (isCurrent) return { kind: 'current' };
  if (standing === 'given') return { kind: 'purchase', pay: target.price };
  const pay = { amount: target.price.amount - current.price.amount, currency: target.price.currency };
  return { kind: 'upgrade', pay, grant: millitokens(Math.max(0, target.allowance - current.allowance)) };
}
