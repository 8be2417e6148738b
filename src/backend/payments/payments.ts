import { planById, type Plan } from '../../core/plans.ts';
import type { Transaction } from '../database/transaction.ts';
import { subscriptions, type RenewPayment } from '../subscriptions/subscriptions.ts';
import { paymentStore, type Checkout } from './paymentStore.ts';

/**
 * Payments: what is paid enters through an inbox with unique ids, and is applied in the transaction that received it.
 */
export const payments = {
  /** Opens the sandbox's checkout for a plan; `id` is unguessable, since whoever has it may pay. */
  openCheckout(
    tx: Transaction,
    checkout: {
      id: string;
      accountId: string;
      planId: string;
      previousPlanId: string;
      amount: number;
      currency: string;
    },
  ): void {
    paymentStore.insertCheckout(tx, checkout);
  },

  /** A checkout with what it is for; `expired` an hour after it was opened. Undefined if there is none of this id. */
  checkout(tx: Transaction, id: string): OpenCheckout | undefined {
    const checkout = paymentStore.checkout(tx, id);
    const plan = checkout && planById(checkout.planId);
    if (checkout === undefined || plan === undefined) return undefined;
    const expired = checkout.state !== 'paid' && tx.now - checkout.createdAt > CHECKOUT_TTL_MS;
    return { ...checkout, plan, state: expired ? 'expired' : checkout.state };
  },

  /**
   * Pays a checkout with a practice card, as its number says. `confirmed` is the second step that some cards ask for.
   */
  pay(tx: Transaction, payment: Payment): PayAnswer {
    const checkout = payments.checkout(tx, payment.id);
    if (checkout === undefined) return { kind: 'unknown' };
    if (checkout.state === 'paid') return { kind: 'paid', checkout };
    if (checkout.state === 'expired') return { kind: 'expired', checkout };
    if (payment.confirmed && checkout.state === 'confirming') return complete(tx, checkout);
    const outcome = outcomeOf(payment.card.replace(/[\s-]/g, ''));
    if (outcome === null) return { kind: 'notPractice', checkout };
    if (outcome === 'declined') return { kind: 'declined', checkout };
    if (outcome === 'succeeds') return complete(tx, checkout);
    paymentStore.setConfirming(tx, checkout.id);
    return { kind: 'confirm', checkout };
  },

  /** Books the sandbox's renewal of a plan. False if it has been booked. */
  renew: ((tx, { accountId, plan, invoice, granted }) => {
    const { amount, currency } = plan.price;
    if (!paymentStore.receive(tx, { id: invoice, kind: 'invoice.paid', accountId, body: '{}' })) return false;
    const planId = plan.id;
    paymentStore.insertInvoice(tx, {
      id: invoice,
      accountId,
      planId,
      previousPlanId: planId,
      kind: 'renewal',
      amount,
      currency,
      granted,
    });
    return true;
  }) satisfies RenewPayment,
};

export type OpenCheckout = Omit<Checkout, 'state'> & {
  readonly plan: Plan;
  readonly state: Checkout['state'] | 'expired';
};

export interface Payment {
  /** The checkout's. */
  readonly id: string;
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

function complete(tx: Transaction, checkout: OpenCheckout): PayAnswer {
  const { accountId, plan, amount, currency } = checkout;
  subscriptions.bringUpToDate(tx, accountId, payments.renew);
  const invoice = `sandbox:${checkout.id}`;
  const applied = subscriptions.applyPayment(tx, { accountId, plan, amount, invoice });
  if (applied === null) return { kind: 'outOfDate', checkout };
  const body = JSON.stringify({ checkout: checkout.id, planId: plan.id, amount, currency });
  if (!paymentStore.receive(tx, { id: invoice, kind: 'invoice.paid', accountId, body })) {
    throw new Error('a payment was applied twice');
  }
  const { kind, previous, granted } = applied;
  paymentStore.insertInvoice(tx, {
    id: invoice,
    accountId,
    planId: plan.id,
    previousPlanId: previous,
    kind,
    amount,
    currency,
    granted,
  });
  paymentStore.setPaid(tx, checkout.id);
  tx.touch(accountId);
  return { kind: 'paid', checkout: { ...checkout, state: 'paid' } };
}
