import { planById, plans, type Plan } from '../../core/plans.ts';
import type { Reader } from '../database/database.ts';
import type { Row } from '../database/tables.ts';
import type { RowKey, Work } from '../database/workingSet.ts';
import { ledger } from '../ledger/ledger.ts';
import { SANDBOX, subscriptions } from '../subscriptions/subscriptions.ts';
import { payments } from './payments.ts';

/** The sandbox's checkouts: opened for a change of plan, and paid with practice cards. No money moves. */
export const checkouts = {
  /** Opens a checkout; `id` is unguessable, since whoever has it may pay. */
  open(work: Work, checkout: NewCheckout): void {
    work.checkouts.put({ ...checkout, state: 'open', createdAt: work.now, paidAt: null });
  },

  /** A checkout with what it is for; `expired` an hour after it was opened. Null if there is none of this id. */
  async find(query: Reader, id: string, now: number): Promise<OpenCheckout | null> {
    const found = await query
      .selectFrom('checkouts')
      .select(['id', 'account_id as accountId', 'plan_id as planId', 'previous_plan_id as previousPlanId'])
      .select(['amount', 'currency', 'state', 'created_at as createdAt', 'paid_at as paidAt'])
      .where('id', '=', id)
      .executeTakeFirst();
    return openCheckout(found, now);
  },

  /** The rows that a payment needs. */
  needsOfPayment({ id, accountId }: Payment): RowKey[] {
    return [...subscriptions.needs(accountId), ['checkouts', id]];
  },

  /**
   * Pays a checkout with a practice card, as its number says. `confirmed` is the second step that some cards ask for.
   */
  pay(work: Work, payment: Payment): PayAnswer {
    const checkout = openCheckout(work.checkouts.find(payment.id), work.now);
    if (checkout?.accountId !== payment.accountId) return { kind: 'unknown' };
    if (checkout.state === 'paid') return { kind: 'paid', checkout };
    if (checkout.state === 'expired') return { kind: 'expired', checkout };
    if (payment.confirmed && checkout.state === 'confirming') return complete(work, checkout, 'pays');
    const card = payment.card.replace(/[\s-]/g, '');
    const does = practiceCards.find(({ number }) => number.test(card))?.does;
    if (does === undefined) return { kind: 'notPractice', checkout };
    if (does === 'declines') return { kind: 'declined', checkout };
    if (does !== 'asks') return complete(work, checkout, does);
    setState(work, checkout.id, { state: 'confirming' });
    return { kind: 'confirm', checkout };
  },
};

type Checkout = Row<'checkouts'>;

export type NewCheckout = Omit<Checkout, 'state' | 'createdAt' | 'paidAt'>;

export type OpenCheckout = Omit<Checkout, 'state'> & {
  readonly plan: Plan;
  readonly previous: Plan;
  readonly state: Checkout['state'] | 'expired';
};

export interface Payment {
  /** The checkout's. */
  readonly id: string;
  /** Whose it is. */
  readonly accountId: string;
  readonly card: string;
  readonly confirmed: boolean;
}

export type PayAnswer =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'paid' | 'declined' | 'confirm' | 'notPractice' | 'expired' | 'outOfDate';
      readonly checkout: OpenCheckout;
    };

/** A checkout left open for longer was forgotten; a new one is a click away. */
const CHECKOUT_TTL_MS = 60 * 60 * 1000;

/** What a practice card does, by its number; any other is none, so that nobody types a real one. */
const practiceCards = [
  { number: /^4242424242424242$/, does: 'pays' },
  { number: /^\d{12}0002$/, does: 'declines' },
  { number: /^\d{12}3155$/, does: 'asks' },
  /** Pays now, and fails at every renewal. */
  { number: /^\d{12}0341$/, does: 'paysOnce' },
  /** Pays, and is disputed with the bank at once: a chargeback. */
  { number: /^\d{12}0259$/, does: 'disputes' },
] as const;

function openCheckout(checkout: Checkout | undefined, now: number): OpenCheckout | null {
  const plan = checkout && planById(checkout.planId);
  const previous = plans.find(({ id }) => id === checkout?.previousPlanId);
  if (checkout === undefined || plan === undefined || previous === undefined) return null;
  const expired = checkout.state !== 'paid' && now - checkout.createdAt > CHECKOUT_TTL_MS;
  return { ...checkout, plan, previous, state: expired ? 'expired' : checkout.state };
}

function complete(work: Work, checkout: OpenCheckout, does: 'pays' | 'paysOnce' | 'disputes'): PayAnswer {
  const { id, accountId, plan, previous, amount, currency } = checkout;
  subscriptions.bringUpToDate(work, accountId, payments.renew);
  const invoice = `sandbox:${id}`;
  const paid = { accountId, provider: SANDBOX, plan, from: previous.id, amount, currency, invoice };
  if (!payments.settle(work, paid)) return { kind: 'outOfDate', checkout };
  const body = JSON.stringify({ checkout: id, planId: plan.id, amount, currency });
  payments.receive(work, { id: invoice, kind: 'invoice.paid', accountId, body });
  subscriptions.change(work, accountId, { cardFails: does === 'paysOnce' });
  if (does === 'disputes') ledger.setFrozen(work, accountId, true);
  setState(work, id, { state: 'paid', paidAt: work.now });
  return { kind: 'paid', checkout: { ...checkout, state: 'paid' } };
}

function setState(work: Work, id: string, change: Partial<Pick<Checkout, 'state' | 'paidAt'>>): void {
  const checkout = work.checkouts.find(id);
  if (checkout !== undefined) work.checkouts.put({ ...checkout, ...change });
}
