import { planById, type Plan } from './plans.ts';
import { millitokens, type Millitokens } from './tokens.ts';

/** What a period of a plan begins with before it is paid for, and what its payment adds (design, section 4). */
export const renewal = {
  /** What the roll-over grants: never more than Free, so that an unpaid plan costs nobody anything. */
  provisional(plan: Plan): Millitokens {
    const free = planById('free')?.allowance ?? plan.allowance;
    return millitokens(Math.min(plan.allowance, free));
  },

  /** What the payment grants. */
  rest(plan: Plan): Millitokens {
    return millitokens(plan.allowance - renewal.provisional(plan));
  },

  /** When an unpaid plan becomes Free, in milliseconds since 1970; what was provisional stays. */
  lapsesAt(unpaidSince: number): number {
    return unpaidSince + GRACE_MS;
  },
};

/** Three days: a weekend to find another card. */
const GRACE_MS = 3 * 24 * 60 * 60 * 1000;
