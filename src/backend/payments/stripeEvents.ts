import Stripe from 'stripe';
import { plans, type Plan } from '../../core/plans.ts';
import type { CommandWriter } from '../commands.ts';
import type { Reader } from '../database/database.ts';
import { paymentInbox, type PaymentReceived, type ProviderPayment } from './paymentInbox.ts';
import type { StripePrices } from './stripePayments.ts';

/** What Stripe says, signed: payments, disputes, ended contracts. Everything else is none of our business. */
export class StripeEvents {
  readonly #options: StripeEventsOptions;

  constructor(options: StripeEventsOptions) {
    this.#options = options;
  }

  /** Takes an event; carried out once, however often and in whatever order it comes. */
  async receive(body: string, signature: string): Promise<'done' | 'later' | 'forged'> {
    const { stripe, webhookSecret, writer } = this.#options;
    let event: Stripe.Event;
    try {
      event = await stripe.webhooks.constructEventAsync(body, signature, webhookSecret);
    } catch {
      return 'forged';
    }
    switch (event.type) {
      case 'invoice.paid':
        return (await this.pay(event.id, event.data.object)) === 'early' ? 'later' : 'done';
      case 'charge.dispute.created':
      case 'charge.dispute.closed':
        await this.#dispute(event.id, event.data.object.id);
        return 'done';
      case 'customer.subscription.deleted': {
        const { id: contractId, metadata } = event.data.object;
        const accountId = metadata['account'];
        if (accountId !== undefined) await writer.submit('endContract', { eventId: event.id, accountId, contractId });
        return 'done';
      }
      default:
        return 'done';
    }
  }

  /** Applies a paid invoice. What it pays for may be gone by now: then the money goes back, and its contract ends. */
  async pay(eventId: string, invoice: Stripe.Invoice): Promise<PaymentReceived> {
    const paid = this.#read(eventId, invoice);
    if (paid === null) return 'unknown';
    const received = await this.#options.writer.submit('receivePayment', paid);
    if (received !== 'outOfDate') return received;
    await this.giveBack(invoice.id);
    if (paid.contractId !== null) await this.#cancel(paid.contractId);
    return received;
  }

  /** Applies what a customer has paid and no event has told of. Answers whether there was any. */
  async catchUp(customer: string): Promise<boolean> {
    const { data } = await this.#options.stripe.invoices.list({ customer, status: 'paid', limit: CAUGHT_UP });
    const received: PaymentReceived[] = [];
    // As they were paid: the newest come first.
    for (const invoice of data.reverse()) received.push(await this.pay(`paid:${invoice.id}`, invoice));
    return received.includes('applied');
  }

  /** Gives all that was paid of an invoice back. */
  async giveBack(invoiceId: string): Promise<void> {
    const { stripe } = this.#options;
    const { data } = await stripe.invoicePayments.list({ invoice: invoiceId, status: 'paid' });
    for (const { payment } of data) {
      if (payment.payment_intent === undefined) continue;
      const intent = idOf(payment.payment_intent);
      await this.#refund(intent, invoiceId);
    }
  }

  /** Once: an operator may have given it back at Stripe by hand. */
  async #refund(intent: string, invoiceId: string): Promise<void> {
    const refund = {
      ...{ payment_intent: intent, reason: 'requested_by_customer' as const, metadata: { invoice: invoiceId } },
    };
    try {
      await this.#options.stripe.refunds.create(refund, { idempotencyKey: `refund:${intent}` });
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeError) || error.code !== 'charge_already_refunded') throw error;
    }
  }

  /** The dispute as it is now: its events may come in any order. */
  async #dispute(eventId: string, disputeId: string): Promise<void> {
    const { stripe, query, writer } = this.#options;
    const { charge } = await stripe.disputes.retrieve(disputeId);
    const { customer } = await stripe.charges.retrieve(idOf(charge));
    if (customer === null) return;
    const found = await query
      .selectFrom('subscriptions')
      .select(['account_id as accountId', 'payment_count as asOf'])
      .where('customer_id', '=', idOf(customer))
      .executeTakeFirst();
    if (found === undefined) return;
    const isOpen = await this.#hasOpenDispute(found.accountId, disputeId);
    const received = await writer.submit('receiveDispute', { eventId, ...found, disputeId, isOpen });
    if (received === 'moved') await this.#dispute(eventId, disputeId);
  }

  /** Whether this dispute or any that an account has had stands against it: one that is won is not the end of them. */
  async #hasOpenDispute(accountId: string, disputeId: string): Promise<boolean> {
    const { stripe, query } = this.#options;
    const all = new Set([disputeId, ...(await paymentInbox.disputes(query, accountId))]);
    const disputes = await Promise.all([...all].map((id) => stripe.disputes.retrieve(id)));
    return disputes.some(({ status }) => !settledDisputes.has(status));
  }

  /** Null for an invoice that is none of ours. */
  #read(eventId: string, invoice: Stripe.Invoice): ProviderPayment | null {
    const { billing_reason: why, parent, customer } = invoice;
    const details = parent?.subscription_details ?? null;
    const metadata = details?.metadata ?? invoice.metadata ?? {};
    const { account: accountId, from: fromId } = metadata;
    const [line] = invoice.lines.data;
    if (accountId === undefined || customer === null || line === undefined) return null;
    const renews = why === 'subscription_cycle';
    const isContract = renews || why === 'subscription_create';
    if (!isContract && metadata['kind'] !== 'upgrade') return null;
    const plan = isContract ? this.#planAt(line.pricing?.price_details?.price) : planOf(metadata['plan']);
    const from = renews ? plan : planOf(fromId);
    if (plan === undefined || from === undefined) return null;
    const startsAt = line.period.start * 1000;
    return {
      ...{ accountId, eventId, provider: 'stripe', invoice: invoice.id, plan, from: from.id, startsAt },
      ...{ amount: invoice.total_excluding_tax ?? invoice.total, currency: invoice.currency.toUpperCase() },
      ...{ customerId: idOf(customer), contractId: details === null ? null : idOf(details.subscription) },
      ...(renews ? { renews: true as const } : {}),
      ...(why === 'subscription_create' ? { anchor: startsAt } : {}),
    };
  }

  #planAt(price: string | Stripe.Price | undefined): Plan | undefined {
    const wanted = price === undefined ? undefined : idOf(price);
    return planOf(Object.entries(this.#options.prices).find(([, id]) => id === wanted)?.[0]);
  }

  async #cancel(contractId: string): Promise<void> {
    const { stripe } = this.#options;
    const { status } = await stripe.subscriptions.retrieve(contractId);
    if (status !== 'canceled') await stripe.subscriptions.cancel(contractId, { invoice_now: false, prorate: false });
  }
}

interface StripeEventsOptions {
  readonly stripe: Stripe;
  readonly writer: CommandWriter;
  readonly query: Reader;
  readonly webhookSecret: string;
  readonly prices: StripePrices;
}

/** More payments than events of them can have been lost in a row. */
const CAUGHT_UP = 10;
/** Those that ended well for us: a lost one keeps the account on hold. */
const settledDisputes = new Set<string>(['won', 'warning_closed', 'prevented']);

function planOf(id: string | undefined): Plan | undefined {
  return plans.find((plan) => plan.id === id);
}

function idOf(reference: string | { id: string }): string {
  return typeof reference === 'string' ? reference : reference.id;
}
