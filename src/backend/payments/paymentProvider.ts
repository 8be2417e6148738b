import type { Plan, PlanId } from '../../core/plans.ts';

/**
 * Whoever takes the money: the sandbox's own page, or Stripe. What it takes comes back as payments; it is never called
 * inside a transaction.
 */
export interface PaymentProvider {
  /** Where the person pays for a change of plan; null if it is paid already, with the card that is known. */
  collect(due: PaymentDue): Promise<string | null>;
  /** Where the person sees their cards and invoices; null where there are none. */
  portal(accountId: string): Promise<string | null>;
}

/** What is to be paid for. */
export interface PaymentDue {
  readonly accountId: string;
  readonly kind: 'purchase' | 'upgrade' | 'renewal';
  readonly plan: Plan;
  /** The plan that it is paid from. */
  readonly from: PlanId;
  /** In the currency's minor unit. */
  readonly amount: number;
  readonly currency: string;
}
