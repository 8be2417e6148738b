import { periodAt } from '../../src/core/billingPeriod.ts';

/** What the double remembers, and how Stripe shows it. */
export class StripeBooks {
  readonly contracts = new Map<string, Contract>();
  readonly invoices = new Map<string, Invoice>();
  readonly sessions = new Map<string, Session>();
  readonly schedules = new Map<string, Schedule>();
  readonly disputes = new Map<string, Dispute>();
  /** Refunded cents by payment. */
  readonly refunds = new Map<string, number>();
  #count = 0;

  newId(kind: string): string {
    this.#count += 1;
    return `${kind}_${this.#count}`;
  }

  addInvoice(invoice: Omit<Invoice, 'id' | 'intent'>): Invoice {
    const added = { ...invoice, id: this.newId('in'), intent: null };
    this.invoices.set(added.id, added);
    return added;
  }

  /** Begins the next period of a contract, at the price that is scheduled for it. */
  advance(contract: Contract): void {
    const schedule = contract.schedule === null ? undefined : this.schedules.get(contract.schedule);
    contract.price = schedule?.next ?? contract.price;
    contract.schedule = null;
    contract.start = contract.end;
    const { end } = periodAt(
      new Date(contract.anchor * 1000).toISOString(),
      new Date(contract.start * 1000).toISOString(),
    );
    contract.end = Date.parse(end) / 1000;
  }

  /** Cents that came in and were not given back. */
  get money(): number {
    const paid = [...this.invoices.values()].filter(({ status }) => status === 'paid');
    const sum = (amounts: Iterable<number>): number => [...amounts].reduce((total, amount) => total + amount, 0);
    return sum(paid.map(({ amount }) => amount)) - sum(this.refunds.values());
  }

  contractBody(contract: Contract) {
    const { id, customer, status, schedule, cancelAtEnd, metadata, start, end, item, price } = contract;
    const items = [{ id: item, object: 'subscription_item', price: { id: price, object: 'price' }, quantity: 1 }];
    return {
      ...{ id, object: 'subscription', customer, status, schedule, metadata, default_payment_method: contract.card },
      cancel_at_period_end: cancelAtEnd,
      items: {
        object: 'list',
        data: items.map((each) => ({ ...each, current_period_start: start, current_period_end: end })),
      },
    };
  }

  invoiceBody(invoice: Invoice) {
    const { id, customer, status, amount, reason, metadata, contract, price, start } = invoice;
    const subscription = contract === null ? null : this.contracts.get(contract);
    const details = subscription && { metadata: subscription.metadata, subscription: subscription.id };
    // What Stripe makes of a bare amount is a price of its own, which nobody has configured.
    const pricing = { type: 'price_details', price_details: { price: price ?? 'price_generated', product: 'prod_1' } };
    const line = { id: `il_${id}`, object: 'line_item', amount, period: { start, end: start + 1 }, pricing };
    return {
      ...{ id, object: 'invoice', customer, status, currency: 'usd', billing_reason: reason, metadata },
      ...{ total: amount, total_excluding_tax: amount, hosted_invoice_url: `https://invoice.example.com/${id}` },
      parent: details ? { type: 'subscription_details', quote_details: null, subscription_details: details } : null,
      lines: { object: 'list', data: [line] },
    };
  }

  scheduleBody({ id, contract: subscription }: Schedule) {
    const contract = this.contracts.get(subscription);
    const phases = [
      { start_date: contract?.start, end_date: contract?.end, items: [{ price: contract?.price, quantity: 1 }] },
    ];
    return { id, object: 'subscription_schedule', subscription, phases };
  }
}

export interface Contract {
  readonly id: string;
  readonly customer: string;
  readonly item: string;
  readonly metadata: Record<string, string>;
  /** Seconds since 1970, as Stripe counts. */
  readonly anchor: number;
  start: number;
  end: number;
  price: string;
  status: 'active' | 'past_due' | 'canceled';
  schedule: string | null;
  cancelAtEnd: boolean;
  /** Of its payment method. */
  card: string;
}

export interface Invoice {
  readonly id: string;
  readonly customer: string;
  readonly contract: string | null;
  readonly reason: 'subscription_create' | 'subscription_cycle' | 'manual';
  readonly metadata: Record<string, string>;
  readonly price: string | null;
  readonly start: number;
  amount: number;
  status: 'draft' | 'open' | 'paid' | 'void';
  intent: string | null;
}

export interface Session {
  readonly customer: string;
  readonly price: string;
  readonly metadata: Record<string, string>;
}

export interface Schedule {
  readonly id: string;
  readonly contract: string;
  next: string | null;
}

export interface Dispute {
  readonly customer: string;
  status: string;
}
