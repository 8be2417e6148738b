import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import Stripe from 'stripe';
import { periodAt } from '../../src/core/billingPeriod.ts';
import { plans } from '../../src/core/plans.ts';
import { StripeBooks, type Contract, type Invoice } from './stripeBooks.ts';
import { readForm, refusedParameter, type FormValue } from './stripeParameters.ts';
import { stripeRoutes, StripeRefusal } from './stripeRoutes.ts';

/**
 * A Stripe on loopback that remembers what it is told, and refuses every parameter that the `stripe` package does not
 * declare. What it has to say is signed, and delivered by the test: in any order, twice, late, or forged.
 */
export class StripeDouble {
  readonly books = new StripeBooks();
  /** What was refused, and why. */
  readonly refused: string[] = [];
  /** What has happened, the oldest first. */
  readonly events: StripeEvent[] = [];
  /** Whether cards say no. */
  declines = false;
  /** The one card that says no, if it isn't all of them. */
  declinedCard = '';
  readonly #clock: () => number;
  readonly #server: Server;
  /** What was asked under an idempotency key, and what was answered: the key is good for nothing else. */
  readonly #answers = new Map<string, { asked: string; answer: { status: number; body: unknown } }>();

  constructor(clock: () => number) {
    this.#clock = clock;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** A person pays on the Checkout page: the contract begins. */
  payCheckout(url: string): Contract {
    const { books } = this;
    const session = books.sessions.get(url);
    if (session === undefined) throw new Error(`no checkout at ${url}`);
    const start = Math.floor(this.#clock() / 1000);
    const anchor = new Date(start * 1000).toISOString();
    const contract: Contract = {
      ...{ ...session, id: books.newId('sub'), item: books.newId('si'), anchor: start, start },
      end: Date.parse(periodAt(anchor, anchor).end) / 1000,
      ...{ status: 'active', schedule: null, cancelAtEnd: false, card: 'pm_1' },
    };
    books.contracts.set(contract.id, contract);
    this.pay(this.#invoiceOf(contract, 'subscription_create'));
    return contract;
  }

  /** A month is over: the contract ends or renews, and its invoice is paid or not. */
  renew(contract: Contract): Invoice | null {
    if (contract.cancelAtEnd) {
      this.cancel(contract);
      return null;
    }
    this.books.advance(contract);
    const invoice = this.#invoiceOf(contract, 'subscription_cycle');
    if (this.declines) contract.status = 'past_due';
    else this.pay(invoice);
    return invoice;
  }

  pay(invoice: Invoice): void {
    invoice.status = 'paid';
    invoice.intent = this.books.newId('pi');
    this.#say('invoice.paid', this.books.invoiceBody(invoice));
  }

  cancel(contract: Contract): void {
    contract.status = 'canceled';
    this.#say('customer.subscription.deleted', this.books.contractBody(contract));
  }

  dispute(invoice: Invoice, status: string, id = this.books.newId('du')): string {
    this.books.disputes.set(id, { customer: invoice.customer, status });
    const isOver = status === 'won' || status === 'lost';
    this.#say(isOver ? 'charge.dispute.closed' : 'charge.dispute.created', { id, object: 'dispute', status });
    return id;
  }

  #invoiceOf({ id, customer, price, start }: Contract, reason: Invoice['reason']): Invoice {
    const amount = plans.find((plan) => price === priceOf(plan.id))?.price.amount ?? 0;
    return this.books.addInvoice({
      customer,
      contract: id,
      reason,
      metadata: {},
      price,
      start,
      amount,
      status: 'open',
    });
  }

  #say(type: string, object: object): void {
    const id = this.books.newId('evt');
    const created = Math.floor(this.#clock() / 1000);
    const body = JSON.stringify({
      id,
      object: 'event',
      api_version: '2026-10-28.endive',
      type,
      created,
      data: { object },
    });
    this.events.push({ type, body });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const key = request.headers['idempotency-key'];
    const asked = `${request.method ?? ''} ${request.url ?? ''} ${body}`;
    const earlier = typeof key === 'string' ? this.#answers.get(key) : undefined;
    const isOther = earlier !== undefined && earlier.asked !== asked;
    const answer = isOther ? this.#otherUnderKey(asked) : (earlier?.answer ?? this.#answer(request, body));
    if (typeof key === 'string' && answer.status === 200) this.#answers.set(key, { asked, answer });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  }

  #otherUnderKey(asked: string): { status: number; body: unknown } {
    const message = 'keys are for the same parameters only';
    this.refused.push(`${asked} ${message}`);
    return { status: 400, body: { error: { type: 'idempotency_error', message } } };
  }

  #answer({ method = '', url = '' }: IncomingMessage, body: string): { status: number; body: unknown } {
    const { pathname, search } = new URL(url, 'http://stripe');
    const form = readForm(body === '' ? search : body);
    try {
      return { status: 200, body: this.#carryOut(method, pathname, form) };
    } catch (error) {
      if (!(error instanceof StripeRefusal)) throw error;
      const { message, type, code, status } = error;
      if (error.isFault) this.refused.push(`${method} ${pathname} ${message}`);
      return { status, body: { error: { type, code, message } } };
    }
  }

  #carryOut(method: string, pathname: string, form: FormValue): unknown {
    for (const route of stripeRoutes) {
      const match = route.path.exec(pathname);
      if (match === null || route.method !== method) continue;
      const refused = refusedParameter(route.file, route.parameters, form);
      if (refused !== null) throw new StripeRefusal(refused);
      return route.answer(this, typeof form === 'string' ? {} : form, match[1] ?? '');
    }
    throw new StripeRefusal('no such route');
  }
}

export interface StripeEvent {
  readonly type: string;
  readonly body: string;
}

/** Signs an event as Stripe does. */
export function signed(body: string, secret: string): string {
  return new Stripe('sk_test_double').webhooks.generateTestHeaderString({ payload: body, secret });
}

/** The price of a plan, as the tests configure it. */
export function priceOf(planId: string): string {
  return `price_${planId}`;
}
