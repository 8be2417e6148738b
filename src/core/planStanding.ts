/**
 * What stands behind the running period of a plan: `paid` for, or Free, which costs nothing; `owed`, as its renewal is
 * unpaid; `given`, so that nobody pays for it, now or at a renewal; `practice`, as a practice card paid for it where
 * money is taken by now.
 */
export type PlanStanding = 'paid' | 'owed' | 'given' | 'practice';

/** How an account's plan stands, as the backend tells it of the account. */
export function planStanding({ notice, planIsGiven, planIsPractice }: AccountStanding): PlanStanding {
  if (notice?.kind === 'renewal_unpaid') return 'owed';
  if (planIsPractice === true) return 'practice';
  return planIsGiven === true ? 'given' : 'paid';
}

interface AccountStanding {
  readonly notice?: { readonly kind: string } | undefined;
  readonly planIsGiven?: boolean | undefined;
  readonly planIsPractice?: boolean | undefined;
}
