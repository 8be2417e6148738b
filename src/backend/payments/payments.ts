import type { Row } from '../database/tables.ts';
import type { Work } from '../database/workingSet.ts';
import { ledger } from '../ledger/ledger.ts';
import { subscriptions, type PaidInvoice, type RenewPayment } from '../subscriptions/subscriptions.ts';

/**
 * Payments: what a provider says enters through an inbox with unique ids, and is applied in the transaction that
 * received it. Each invoice is booked once, and so is what it grants.
 */
export const payments = {
  /**
   * Receives an event. One that has been here before is refused by the database, and with it all that it would have
   * done; whoever asked for its row (`['paymentEvents', id]`) can look first.
   */
  receive(work: Work, event: Omit<Row<'paymentEvents'>, 'receivedAt'>): void {
    work.paymentEvents.add({ ...event, receivedAt: work.now });
  },

  /**
   * Applies a payment and books its invoice. False if it is no longer what it pays for: then nothing is granted and
   * nothing booked.
   */
  settle(work: Work, paid: PaidInvoice): boolean {
    const { accountId, plan, invoice: id, amount, currency } = paid;
    const applied = subscriptions.applyPayment(work, paid);
    if (applied === null) return false;
    const { previous: previousPlanId, ...facts } = applied;
    const invoice = { id, accountId, planId: plan.id, previousPlanId, amount, currency, ...facts };
    const paidAt = ledger.now(work, accountId);
    work.invoices.add({ ...invoice, number: payments.count(work, accountId), paidAt });
    return true;
  },

  /** Counts one more payment or decision of an account: who has looked before knows that things have changed. */
  count(work: Work, accountId: string): number {
    const paymentCount = subscriptions.read(work, accountId).paymentCount + 1;
    subscriptions.change(work, accountId, { paymentCount });
    return paymentCount;
  },

  /** Books the sandbox's renewal of a plan. */
  renew: ((work, paid) => {
    payments.receive(work, { id: paid.invoice, kind: 'invoice.paid', accountId: paid.accountId, body: '{}' });
    payments.settle(work, paid);
  }) satisfies RenewPayment,
};
