import type { Contract, Invoice } from './stripeBooks.ts';
import type { StripeDouble } from './stripeDouble.ts';
import type { FormValue } from './stripeParameters.ts';

/** What the double answers, and by which declaration it checks what it is asked. */
export const stripeRoutes: readonly Route[] = [
  route('POST', /^\/v1\/customers$/, 'Customers', 'CustomerCreateParams', ({ books }) => ({
    ...{ id: books.newId('cus'), object: 'customer' },
  })),
  route(
    'POST',
    /^\/v1\/checkout\/sessions$/,
    'Checkout/Sessions',
    'Checkout.SessionCreateParams',
    ({ books }, form) => {
      const id = books.newId('cs');
      const url = `https://checkout.example.com/${id}`;
      const metadata = texts(inner(form, 'subscription_data', 'metadata'));
      books.sessions.set(url, {
        customer: word(form['customer']),
        price: word(inner(form, 'line_items', '0', 'price')),
        metadata,
      });
      return { id, object: 'checkout.session', url };
    },
  ),
  route(
    'POST',
    /^\/v1\/billing_portal\/sessions$/,
    'BillingPortal/Sessions',
    'BillingPortal.SessionCreateParams',
    () => ({
      ...{ id: 'bps_1', object: 'billing_portal.session', url: 'https://billing.example.com/session' },
    }),
  ),
  route('GET', /^\/v1\/subscriptions\/(\w+)$/, 'Subscriptions', 'SubscriptionRetrieveParams', ({ books }, _, id) =>
    books.contractBody(found(books.contracts, id)),
  ),
  route('POST', /^\/v1\/subscriptions\/(\w+)$/, 'Subscriptions', 'SubscriptionUpdateParams', updateContract),
  route('DELETE', /^\/v1\/subscriptions\/(\w+)$/, 'Subscriptions', 'SubscriptionCancelParams', (double, _, id) => {
    const contract = found(double.books.contracts, id);
    if (contract.status === 'canceled') throw new StripeRefusal('it is canceled');
    double.cancel(contract);
    return double.books.contractBody(contract);
  }),
  ...scheduleRoutes(),
  ...invoiceRoutes(),
  route('GET', /^\/v1\/invoice_payments$/, 'InvoicePayments', 'InvoicePaymentListParams', ({ books }, form) => {
    const { intent } = found(books.invoices, word(form['invoice']));
    const payment = { type: 'payment_intent', payment_intent: intent };
    return list(intent === null ? [] : [{ id: `inpay_${intent}`, object: 'invoice_payment', status: 'paid', payment }]);
  }),
  route('POST', /^\/v1\/refunds$/, 'Refunds', 'RefundCreateParams', ({ books }, form) => {
    const intent = word(form['payment_intent']);
    if (books.refunds.has(intent)) throw new StripeRefusal('it has been refunded', REFUNDED_ALREADY);
    const invoice = [...books.invoices.values()].find((each) => each.intent === intent);
    books.refunds.set(intent, invoice?.amount ?? 0);
    return { id: books.newId('re'), object: 'refund', payment_intent: intent, status: 'succeeded' };
  }),
  route('GET', /^\/v1\/disputes\/(\w+)$/, 'Disputes', 'DisputeRetrieveParams', ({ books }, _, id) => ({
    ...{ id, object: 'dispute', charge: `ch_${id}`, status: found(books.disputes, id).status },
  })),
  route('GET', /^\/v1\/charges\/ch_(\w+)$/, 'Charges', 'ChargeRetrieveParams', ({ books }, _, id) => ({
    ...{ id, object: 'charge', customer: found(books.disputes, id).customer },
  })),
];

/** What Stripe says no to. */
/** What two who pay at once can't know before: the fault of neither. */
const PAID_ALREADY = { type: 'invalid_request_error', code: 'paid_already' };
/** So says Stripe where somebody has given it back by hand. */
const REFUNDED_ALREADY = { type: 'invalid_request_error', code: 'charge_already_refunded' };

export class StripeRefusal extends Error {
  readonly type: string;
  readonly code: string;

  constructor(
    message: string,
    kind: { type: string; code: string } = { type: 'invalid_request_error', code: 'invalid' },
  ) {
    super(message);
    this.type = kind.type;
    this.code = kind.code;
  }

  /** Whether whoever asked could have known better. */
  get isFault(): boolean {
    return this.type !== 'card_error' && ![PAID_ALREADY.code, REFUNDED_ALREADY.code].includes(this.code);
  }

  get status(): number {
    return this.type === 'card_error' ? 402 : 400;
  }
}

interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** Of the package's resources. */
  readonly file: string;
  readonly parameters: string;
  readonly answer: Answer;
}

type Form = Readonly<Record<string, FormValue>>;
type Answer = (double: StripeDouble, form: Form, id: string) => unknown;

function route(method: string, path: RegExp, file: string, parameters: string, answer: Answer): Route {
  return { method, path, file, parameters, answer };
}

function updateContract({ books }: StripeDouble, form: Form, id: string): unknown {
  const contract = found(books.contracts, id);
  const price = inner(form, 'items', '0', 'price');
  if (contract.status === 'canceled') throw new StripeRefusal('it is canceled');
  if (contract.schedule !== null) throw new StripeRefusal('its schedule looks after it');
  if (price !== undefined && inner(form, 'items', '0', 'id') !== contract.item)
    throw new StripeRefusal('a second item');
  if (form['proration_behavior'] !== 'none') throw new StripeRefusal('this would be prorated');
  contract.price = typeof price === 'string' ? price : contract.price;
  contract.cancelAtEnd = form['cancel_at_period_end'] === 'true';
  return books.contractBody(contract);
}

function scheduleRoutes(): Route[] {
  const file = 'SubscriptionSchedules';
  return [
    route('POST', /^\/v1\/subscription_schedules$/, file, 'SubscriptionScheduleCreateParams', ({ books }, form) => {
      const contract = found(books.contracts, word(form['from_subscription']));
      if (contract.schedule !== null) throw new StripeRefusal('it has a schedule');
      const schedule = { id: books.newId('sched'), contract: contract.id, next: null };
      contract.schedule = schedule.id;
      books.schedules.set(schedule.id, schedule);
      return books.scheduleBody(schedule);
    }),
    route(
      'POST',
      /^\/v1\/subscription_schedules\/(\w+)$/,
      file,
      'SubscriptionScheduleUpdateParams',
      ({ books }, form, id) => {
        const schedule = found(books.schedules, id);
        const { start, end, price } = found(books.contracts, schedule.contract);
        const phase = ['start_date', 'end_date'].map((name) => word(inner(form, 'phases', '0', name)));
        if (phase.join() !== [start, end].join()) throw new StripeRefusal('the running phase is another');
        if (inner(form, 'phases', '0', 'items', '0', 'price') !== price)
          throw new StripeRefusal('the price changes now');
        schedule.next = word(inner(form, 'phases', '1', 'items', '0', 'price'));
        return books.scheduleBody(schedule);
      },
    ),
    route(
      'POST',
      /^\/v1\/subscription_schedules\/(\w+)\/release$/,
      file,
      'SubscriptionScheduleReleaseParams',
      ({ books }, _, id) => {
        const schedule = found(books.schedules, id);
        found(books.contracts, schedule.contract).schedule = null;
        return books.scheduleBody(schedule);
      },
    ),
  ];
}

function invoiceRoutes(): Route[] {
  return [
    route('POST', /^\/v1\/invoices$/, 'Invoices', 'InvoiceCreateParams', ({ books }, form) => {
      const about = {
        customer: word(form['customer']),
        metadata: texts(form['metadata']),
        contract: null,
        price: null,
      };
      return books.invoiceBody(books.addInvoice({ ...about, reason: 'manual', start: 0, amount: 0, status: 'draft' }));
    }),
    route('GET', /^\/v1\/invoices$/, 'Invoices', 'InvoiceListParams', ({ books }, form) => {
      const isAsked = ({ contract, customer, status }: Invoice): boolean =>
        status === form['status'] &&
        [contract ?? '', customer].includes(word(form['subscription'] ?? form['customer']));
      const asked = [...books.invoices.values()].filter(isAsked);
      return list(asked.reverse().map((each) => books.invoiceBody(each)));
    }),
    route('GET', /^\/v1\/invoices\/(\w+)$/, 'Invoices', 'InvoiceRetrieveParams', ({ books }, _, id) =>
      books.invoiceBody(found(books.invoices, id)),
    ),
    route('POST', /^\/v1\/invoiceitems$/, 'InvoiceItems', 'InvoiceItemCreateParams', ({ books }, form) => {
      found(books.invoices, word(form['invoice'])).amount += Number(form['amount']);
      return { id: books.newId('ii'), object: 'invoiceitem' };
    }),
    route(
      'POST',
      /^\/v1\/invoices\/(\w+)\/finalize$/,
      'Invoices',
      'InvoiceFinalizeInvoiceParams',
      move('draft', 'open'),
    ),
    route('POST', /^\/v1\/invoices\/(\w+)\/void$/, 'Invoices', 'InvoiceVoidInvoiceParams', move('open', 'void')),
    route('POST', /^\/v1\/invoices\/(\w+)\/pay$/, 'Invoices', 'InvoicePayParams', (double, form, id) => {
      const invoice = found(double.books.invoices, id);
      if (invoice.status === 'paid') throw new StripeRefusal('another was first', PAID_ALREADY);
      if (invoice.status !== 'open') throw new StripeRefusal(`it is ${invoice.status}`);
      if (double.declines || form['payment_method'] === double.declinedCard)
        throw new StripeRefusal('declined', { type: 'card_error', code: 'card_declined' });
      double.pay(invoice);
      return double.books.invoiceBody(invoice);
    }),
  ];
}

function move(from: Invoice['status'], to: Invoice['status']): Answer {
  return ({ books }, _, id) => {
    const invoice = found(books.invoices, id);
    if (invoice.status !== from) throw new StripeRefusal(`it is ${invoice.status}`);
    invoice.status = to;
    return books.invoiceBody(invoice);
  };
}

function list(data: unknown[]): unknown {
  return { object: 'list', data, has_more: false };
}

function found<T extends Contract | object>(all: ReadonlyMap<string, T>, id: string): T {
  const thing = all.get(id);
  if (thing === undefined) throw new StripeRefusal(`no such thing: ${id}`);
  return thing;
}

function inner(form: FormValue, ...path: readonly string[]): FormValue | undefined {
  return path.reduce<FormValue | undefined>((at, key) => (typeof at === 'object' ? at[key] : undefined), form);
}

function word(value: FormValue | undefined): string {
  if (typeof value !== 'string') throw new StripeRefusal('something is missing');
  return value;
}

function texts(value: FormValue | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(typeof value === 'object' ? value : {}).map(([name, each]) => [name, word(each)]),
  );
}
