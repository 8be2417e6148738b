import type { Money, Plan } from './plans.ts';
import { renewal } from './renewal.ts';
import { millitokens, type Millitokens } from './tokens.ts';

/**
 * What choosing a plan leads to. `purchase` and `upgrade` say what is paid today; `upgrade` also says what is granted
 * at once, in the running period. A `downgrade` is scheduled for the period's end and costs nothing; `current` calls
 * off what is scheduled.
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

/**
 * The same while the running period of the current plan is unpaid: its payment comes first, for whoever chooses it or
 * anything dearer.
 */
export function unpaidPlanChange(current: Plan, target: Plan): PlanChange | RenewalDue {
  const change = planChange(current, target);
  if (change.kind === 'downgrade') return change;
  return { kind: 'renewal', pay: current.price, grant: renewal.rest(current) };
}

/** What is owed for the running period, and what its payment adds. */
export interface RenewalDue {
  readonly kind: 'renewal';
  readonly pay: Money;
  readonly grant: Millitokens;
}
