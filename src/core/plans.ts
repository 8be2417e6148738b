import { millitokens, MILLITOKENS_PER_TOKEN, type Millitokens } from './tokens.ts';

/** Every plan that is sold, the cheapest first (design, section 4). */
export const plans: readonly Plan[] = [
  plan('free', 'Free', 300, 0),
  plan('pro', 'Pro', 1_500, 20),
  plan('pro-3k', 'Pro 3K', 3_000, 40),
  plan('pro-6k', 'Pro 6K', 6_000, 80),
  plan('pro-9k', 'Pro 9K', 9_000, 120),
  plan('pro-15k', 'Pro 15K', 15_000, 200),
  plan('pro-20k', 'Pro 20K', 20_000, 266),
  plan('pro-40k', 'Pro 40K', 40_000, 533),
];

export type PlanId = 'free' | 'pro' | 'pro-3k' | 'pro-6k' | 'pro-9k' | 'pro-15k' | 'pro-20k' | 'pro-40k';

/** An amount of money in the currency's minor unit: cents. Net of tax. */
export interface Money {
  readonly amount: number;
  readonly currency: 'USD';
}

/** What is sold: so many tokens a period for so much a month. */
export interface Plan {
  readonly id: PlanId;
  readonly name: string;
  readonly allowance: Millitokens;
  readonly price: Money;
}

/** The plan with this id, or undefined: ids come from outside. */
export function planById(id: string): Plan | undefined {
  return plans.find((each) => each.id === id);
}

function plan(id: PlanId, name: string, tokens: number, dollars: number): Plan {
  const price = { amount: dollars * 100, currency: 'USD' } as const;
  return { id, name, allowance: millitokens(tokens * MILLITOKENS_PER_TOKEN), price };
}
