import type { Plan, PlanId } from '../../core/plans.ts';
import type { CommandWriter } from '../commands.ts';
import type { Reader } from '../database/database.ts';

/**
 * Whoever takes the money: the sandbox's own page, or Stripe. What it takes comes back as payments; it is never called
 * inside a transaction, and everything here can be asked again after a failure.
 */
export interface PaymentProvider {
  /** Where the person pays for a change of plan; null if it is paid already, with the card that is known. */
  collect(due: PaymentDue): Promise<string | null>;
  /** Where the person sees their cards and invoices; null where there are none. */
  portal(accountId: string): Promise<string | null>;
  /** Takes an event. `later`: it is to be sent again; `forged`: it is not the provider's. */
  receive(body: string, signature: string): Promise<'done' | 'later' | 'forged'>;
  /** Makes the contract at the provider what the subscription here is. */
  follow(accountId: string): Promise<void>;
  /** Gives the money of an invoice back, once. */
  giveBack(invoiceId: string): Promise<void>;
}

/** What a provider works with. */
export interface PaymentDeps {
  readonly writer: CommandWriter;
  readonly query: Reader;
  /** Where people reach this backend. */
  readonly publicUrl: () => string;
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
