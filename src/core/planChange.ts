import { millitokens, type Millitokens } from './tokens.ts';
import type { Money, Plan } from './plans.ts';

/**
 * What choosing a plan leads to. `purchase` and `upgrade` say what is paid today; `upgrade` also says what is granted
 * at once, in the running period. A `downgrade` is scheduled for the period's end and costs nothing.
 */
export type PlanChange =
  | { readonly kind: 'current' }
  | { readonly kind: 'purchase'; readonly pay: Money }
  | { readonly kind: 'upgrade'; readonly pay: Money; readonly grant: Millitokens }
  | { readonly kind: 'downgrade' };

/**
 * Free to paid is a purchase at the whole price; paid to dearer pays the whole difference now and grants the whole
 * difference now, nothing prorated; cheaper or free waits for the period's end (design, section 4).
 */
export function planChange(current: Plan, target: Plan): PlanChange {
  if (target.id === current.id) return { kind: 'current' };
  if (target.price.amount <= current.price.amount) return { kind: 'downgrade' };
  if (current.id === 'free') return { kind: 'purchase', pay: target.price };
  const pay = { amount: target.price.amount - current.price.amount, currency: target.price.currency };
  return { kind: 'upgrade', pay, grant: millitokens(Math.max(0, target.allowance - current.allowance)) };
}
