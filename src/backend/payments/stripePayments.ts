import Stripe from 'stripe';
import type { PlanId } from '../../core/plans.ts';
import type { AccountView } from '../accounts/accounts.ts';
import type { PaymentDeps, PaymentDue, PaymentProvider } from './paymentProvider.ts';
import { subscriptions } from '../subscriptions/subscriptions.ts';
import { followContract } from './stripeContract.ts';
import { StripeEvents } from './stripeEvents.ts';

/**
 * Stripe: Checkout for a purchase, an immediate invoice for an upgrade, the Billing portal for cards and invoices. What
 * is paid is applied when Stripe says so; an upgrade that the known card pays is applied at once.
 */
export class StripePayments implements PaymentProvider {
  readonly #options: StripeOptions;
  readonly #stripe: Stripe;
  readonly #events: StripeEvents;

  constructor(options: StripeOptions) {
    this.#options = options;
    this.#stripe = new Stripe(options.secretKey, { ...addressOf(options.apiBase), ...patience });
    this.#events = new StripeEvents({ ...options, stripe: this.#stripe });
  }

  async collect(due: PaymentDue): Promise<string | null> {
    const view = await this.#view(due.accountId);
    const { contractId } = view.subscription;
    const customer = view.subscription.customerId ?? (await this.#newCustomer(view));
    // Nobody pays twice because an event was lost: what is paid already comes first.
    if (due.kind !== 'upgrade' && (await this.#events.catchUp(customer))) return null;
    if (due.kind === 'purchase') return this.#checkout(due, customer);
    if (contractId === null) throw new Error('a plan that is paid for without a contract');
    if (due.kind === 'upgrade') return this.#invoice(due, view, contractId);
    return (await this.#openInvoice(contractId)) ?? this.portal(due.accountId);
  }

  async portal(accountId: string): Promise<string | null> {
    const { customerId: customer } = (await this.#view(accountId)).subscription;
    if (customer === null) return null;
    const { url } = await this.#stripe.billingPortal.sessions.create({ customer, return_url: this.#returnUrl });
    return url;
  }

  receive(body: string, signature: string): Promise<'done' | 'later' | 'forged'> {
    return this.#events.receive(body, signature);
  }

  async follow(accountId: string): Promise<void> {
    const { customerId } = (await this.#view(accountId)).subscription;
    // No contract is ended as unpaid that was paid and not heard of.
    if (customerId !== null) await this.#events.catchUp(customerId);
    const { plan, subscription } = await this.#view(accountId);
    const { scheduledPlanId, contractId } = subscription;
    if (contractId !== null) {
      // Nobody is to pay for a plan that was given.
      const planId = subscriptions.isGiven(subscription) ? 'free' : plan.id;
      await followContract(this.#stripe, contractId, { planId, scheduledPlanId, prices: this.#options.prices });
    }
    await this.#options.writer.submit('markFollowed', { accountId, planId: plan.id, scheduledPlanId, contractId });
  }

  giveBack(invoiceId: string): Promise<void> {
    return this.#events.giveBack(invoiceId);
  }

  async #checkout({ accountId, plan, from }: PaymentDue, customer: string): Promise<string | null> {
    const metadata = { account: accountId, plan: plan.id, from };
    const { url } = await this.#stripe.checkout.sessions.create({
      mode: 'subscription',
      customer,
      customer_update: { address: 'auto' },
      automatic_tax: { enabled: true },
      line_items: [{ price: this.#priceOf(plan.id), quantity: 1 }],
      subscription_data: { metadata },
      success_url: this.#returnUrl,
      cancel_url: this.#returnUrl,
    });
    return url;
  }

  /** The difference, at once and whole: an invoice beside the contract, which nothing prorates. */
  async #invoice(due: PaymentDue, { subscription }: AccountView, contractId: string): Promise<string | null> {
    const { accountId, plan, from, amount, currency } = due;
    const { customerId: customer, paymentCount } = subscription;
    if (customer === null) throw new Error('a contract without a customer');
    // The same for two clicks, so that they lead to one invoice, also where there is another card by then: whatever is
    // asked under a key must be the same each time.
    const key = `upgrade:${accountId}:${paymentCount}:${plan.id}`;
    const draft = await this.#stripe.invoices.create(
      {
        ...{ customer, currency: currency.toLowerCase(), auto_advance: false },
        automatic_tax: { enabled: true },
        metadata: { account: accountId, plan: plan.id, from, kind: 'upgrade' },
      },
      { idempotencyKey: key },
    );
    const item = { customer, invoice: draft.id, amount, currency: currency.toLowerCase(), description: plan.name };
    await this.#stripe.invoiceItems.create(item, { idempotencyKey: `${key}:item` });
    await this.#stripe.invoices.finalizeInvoice(draft.id, { auto_advance: false }, { idempotencyKey: `${key}:final` });
    const invoice = await this.#payNow(draft.id, contractId);
    if (invoice.status !== 'paid') return invoice.hosted_invoice_url ?? null;
    await this.#events.pay(`paid:${invoice.id}`, invoice);
    return null;
  }

  /** Pays with the contract's card, else the customer's; what is refused stays open, for its person to pay. */
  async #payNow(id: string, contractId: string): Promise<Stripe.Invoice> {
    const open = await this.#stripe.invoices.retrieve(id);
    if (open.status === 'paid') return open;
    const { default_payment_method: card } = await this.#stripe.subscriptions.retrieve(contractId);
    const by = card === null ? {} : { payment_method: typeof card === 'string' ? card : card.id };
    try {
      return await this.#stripe.invoices.pay(id, { ...by, off_session: false });
    } catch (error) {
      const now = await this.#stripe.invoices.retrieve(id);
      // Two windows may pay the same: then the other one was first.
      if (now.status === 'paid' || error instanceof Stripe.errors.StripeCardError) return now;
      throw error;
    }
  }

  async #openInvoice(contractId: string): Promise<string | null> {
    const open = await this.#stripe.invoices.list({ subscription: contractId, status: 'open', limit: 1 });
    return open.data[0]?.hosted_invoice_url ?? null;
  }

  async #newCustomer({ account: { id, email } }: AccountView): Promise<string> {
    const customer = await this.#stripe.customers.create(
      { email, metadata: { account: id } },
      { idempotencyKey: `customer:${id}` },
    );
    return customer.id;
  }

  async #view(accountId: string): Promise<AccountView> {
    const view = await this.#options.writer.submit('viewAccount', { accountId });
    if (view === null) throw new Error('no such account');
    return view;
  }

  #priceOf(planId: PlanId): string {
    const price = this.#options.prices[planId];
    if (price === undefined) throw new Error(`no price for ${planId}`);
    return price;
  }

  get #returnUrl(): string {
    return `${this.#options.publicUrl()}/account`;
  }
}

export interface StripeOptions extends PaymentDeps {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Stripe's price of each plan that is paid for. */
  readonly prices: StripePrices;
  /** Another address than Stripe's, for tests. */
  readonly apiBase?: string;
}

export type StripePrices = Readonly<Partial<Record<PlanId, string>>>;

/** A bank takes its seconds; what is silent for longer is asked again, which Stripe takes once. */
const patience = { timeout: 20_000, maxNetworkRetries: 2 };

function addressOf(apiBase: string | undefined): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> {
  if (apiBase === undefined) return {};
  const { hostname: host, port, protocol } = new URL(apiBase);
  return { host, port: Number(port), protocol: protocol === 'http:' ? 'http' : 'https' };
}
