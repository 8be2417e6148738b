import { planById, type Plan } from '../../core/plans.ts';
import type { Reader } from '../database/database.ts';
import type { Row } from '../database/tables.ts';
import type { RowKey, Work } from '../database/workingSet.ts';
import { subscriptions, type RenewPayment } from '../subscriptions/subscriptions.ts';

/**
 * Payments: what is paid enters through an inbox with unique ids, and is applied in the transaction that received it.
 */
export const payments = {
  /** Opens the sandbox's checkout for a plan; `id` is unguessable, since whoever has it may pay. */
  openCheckout(
    work: Work,
    checkout: Pick<Checkout, 'id' | 'accountId' | 'planId' | 'previousPlanId' | 'amount' | 'currency'>,
  ): void {
    work.checkouts.put({ ...checkout, state: 'open', createdAt: work.now, paidAt: null });
  },

  /** A checkout with what it is for; `expired` an hour after it was opened. Null if there is none of this id. */
  async findCheckout(query: Reader, id: string, now: number): Promise<OpenCheckout | null> {
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
    if (payment.confirmed && checkout.state === 'confirming') return complete(work, checkout);
    const outcome = outcomeOf(payment.card.replace(/[\s-]/g, ''));
    if (outcome === null) return { kind: 'notPractice', checkout };
    if (outcome === 'declined') return { kind: 'declined', checkout };
    if (outcome === 'succeeds') return complete(work, checkout);
    setState(work, checkout.id, { state: 'confirming' });
    return { kind: 'confirm', checkout };
  },

  /** Books the sandbox's renewal of a plan. */
  renew: ((work, { accountId, plan, invoice, granted }) => {
    receive(work, { id: invoice, accountId, body: '{}' });
    addInvoice(work, { id: invoice, accountId, plan, previous: plan.id, kind: 'renewal', granted, ...plan.price });
  }) satisfies RenewPayment,
};

type Checkout = Row<'checkouts'>;

export type OpenCheckout = Omit<Checkout, 'state'> & {
  readonly plan: Plan;
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

const CARD_NUMBER = /^\d{16}$/;

/** What a practice card does, by its number; null for any other, so that nobody types a real one. */
function outcomeOf(card: string): 'succeeds' | 'declined' | 'confirms' | null {
  if (!CARD_NUMBER.test(card)) return null;
  if (card === '4242424242424242') return 'succeeds';
  if (card.endsWith('0002')) return 'declined';
  return card.endsWith('3155') ? 'confirms' : null;
}

function openCheckout(checkout: Checkout | undefined, now: number): OpenCheckout | null {
  const plan = checkout && planById(checkout.planId);
  if (checkout === undefined || plan === undefined) return null;
  const expired = checkout.state !== 'paid' && now - checkout.createdAt > CHECKOUT_TTL_MS;
  return { ...checkout, plan, state: expired ? 'expired' : checkout.state };
}

function complete(work: Work, checkout: OpenCheckout): PayAnswer {
  const { accountId, plan, amount, currency } = checkout;
  subscriptions.bringUpToDate(work, accountId, payments.renew);
  const invoice = `sandbox:${checkout.id}`;
  const applied = subscriptions.applyPayment(work, { accountId, plan, amount, invoice });
  if (applied === null) return { kind: 'outOfDate', checkout };
  const body = JSON.stringify({ checkout: checkout.id, planId: plan.id, amount, currency });
  receive(work, { id: invoice, accountId, body });
  addInvoice(work, { id: invoice, accountId, plan, ...applied, amount, currency });
  setState(work, checkout.id, { state: 'paid', paidAt: work.now });
  work.touch(accountId);
  return { kind: 'paid', checkout: { ...checkout, state: 'paid' } };
}

function setState(work: Work, id: string, change: Partial<Pick<Checkout, 'state' | 'paidAt'>>): void {
  const checkout = work.checkouts.find(id);
  if (checkout !== undefined) work.checkouts.put({ ...checkout, ...change });
}

/** An event that has been here before is refused by the database, and with it all that it would have done. */
function receive(work: Work, event: { id: string; accountId: string; body: string }): void {
  work.paymentEvents.add({ ...event, kind: 'invoice.paid', receivedAt: work.now });
}

function addInvoice(
  work: Work,
  invoice: Pick<Row<'invoices'>, 'id' | 'accountId' | 'kind' | 'amount' | 'currency' | 'granted'> & {
    plan: Plan;
    previous: string;
  },
): void {
  const { plan, previous, ...rest } = invoice;
  work.invoices.add({ ...rest, planId: plan.id, previousPlanId: previous, paidAt: work.now });
}
