import * as z from 'zod/mini';
import type { Reader } from '../database/database.ts';
import type { RowKey, Work } from '../database/workingSet.ts';
import { ledger } from '../ledger/ledger.ts';
import { subscriptions, type PaidInvoice } from '../subscriptions/subscriptions.ts';
import { payments } from './payments.ts';

/** What a payment provider says, each event once, in whatever order and however late it comes. */
export const paymentInbox = {
  /** The rows that an event needs. */
  needs({ accountId, eventId }: ProviderEvent): RowKey[] {
    return [...subscriptions.needs(accountId), ['paymentEvents', eventId]];
  },

  /** The rows that a payment needs. */
  needsOfPayment(paid: ProviderPayment): RowKey[] {
    return [...paymentInbox.needs(paid), ['invoices', paid.invoice], ['paymentEvents', refusalOf(paid)]];
  },

  /** An invoice was paid. Where it is no longer what it pays for, its money is to go back, and it never pays again. */
  pay(work: Work, paid: ProviderPayment): PaymentReceived {
    const { accountId, eventId, customerId, contractId, startsAt } = paid;
    if (work.subscriptions.find(accountId) === undefined) return 'unknown';
    const isKnown = work.invoices.find(paid.invoice) !== undefined;
    if (isKnown || work.paymentEvents.find(eventId) !== undefined) return 'again';
    if (work.paymentEvents.find(refusalOf(paid)) !== undefined) return 'outOfDate';
    subscriptions.bringUpToDate(work, accountId, payments.renew);
    if (paid.renews && startsAt >= ledger.read(work, accountId).periodEnd) return 'early';
    if (!payments.settle(work, paid)) {
      payments.receive(work, { id: refusalOf(paid), kind: 'invoice.refused', accountId, body: '{}' });
      return 'outOfDate';
    }
    const { plan, amount, currency, invoice } = paid;
    const body = JSON.stringify({ planId: plan.id, amount, currency, invoice });
    payments.receive(work, { id: eventId, kind: 'invoice.paid', accountId, body });
    subscriptions.change(work, accountId, { customerId, ...(contractId === null ? {} : { contractId }) });
    return 'applied';
  },

  /**
   * A payment is disputed with the bank, or no longer: the account is on hold as long as one is. How its disputes stand
   * was asked before: where another event came since, the answer is `moved`, and it is asked again.
   */
  dispute(work: Work, event: ProviderDispute): 'done' | 'moved' {
    const { accountId, asOf } = event;
    const subscription = work.subscriptions.find(accountId);
    if (subscription !== undefined && subscription.paymentCount !== asOf) return 'moved';
    const dispute: DisputeBody = { dispute: event.disputeId };
    if (!receiveOnce(work, event, { kind: 'dispute', body: JSON.stringify(dispute) })) return 'done';
    payments.count(work, accountId);
    ledger.setFrozen(work, accountId, event.isOpen);
    return 'done';
  },

  /** The provider's ids of all disputes that an account has had. */
  async disputes(query: Reader, accountId: string): Promise<string[]> {
    const events = await query
      .selectFrom('payment_events')
      .select('body')
      .where('account_id', '=', accountId)
      .where('kind', '=', 'dispute')
      .execute();
    return [...new Set(events.map(({ body }) => DisputeBody.parse(JSON.parse(body)).dispute))];
  },

  /**
   * The provider has ended a contract, as it does when nobody pays. What was called off by ourselves goes its way, and
   * a plan that was given since stays.
   */
  endContract(work: Work, event: ProviderEvent & { contractId: string }): void {
    const { accountId, contractId } = event;
    if (!receiveOnce(work, event, { kind: 'contract.ended', body: '{}' })) return;
    subscriptions.bringUpToDate(work, accountId, payments.renew);
    const subscription = subscriptions.read(work, accountId);
    if (subscription.contractId !== contractId) return;
    subscriptions.change(work, accountId, { contractId: null });
    if (subscription.scheduledPlanId === 'free' || subscriptions.isGiven(subscription)) return;
    subscriptions.fallBack(work, accountId, 'free');
  },
};

export interface ProviderEvent {
  readonly accountId: string;
  /** The provider's id of the event. */
  readonly eventId: string;
}

export interface ProviderDispute extends ProviderEvent {
  /** The provider's id of the dispute. */
  readonly disputeId: string;
  /** Whether this or another of the account's is open, or lost. */
  readonly isOpen: boolean;
  /** The account's `paymentCount` before that was asked. */
  readonly asOf: number;
}

export interface ProviderPayment extends ProviderEvent, PaidInvoice {
  readonly customerId: string;
  /** The contract that it is for; null for a payment beside it. */
  readonly contractId: string | null;
  /** The beginning of what is paid for, in milliseconds. */
  readonly startsAt: number;
}

/** `early`: it pays for a period that has not begun here. */
export type PaymentReceived = 'applied' | 'again' | 'outOfDate' | 'early' | 'unknown';

/** What is kept of a dispute's event. */
const DisputeBody = z.object({ dispute: z.string() });
type DisputeBody = z.infer<typeof DisputeBody>;

/** Under what is kept that an invoice's money goes back. */
function refusalOf({ invoice }: ProviderPayment): string {
  return `refused:${invoice}`;
}

/** False if it was here before, or is about nobody. */
function receiveOnce(
  work: Work,
  { accountId, eventId: id }: ProviderEvent,
  event: { readonly kind: string; readonly body: string },
): boolean {
  if (work.subscriptions.find(accountId) === undefined || work.paymentEvents.find(id) !== undefined) return false;
  payments.receive(work, { id, accountId, ...event });
  return true;
}
