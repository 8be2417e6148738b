import assert from 'node:assert/strict';
import { ProviderFollower } from '../../src/backend/payments/providerFollower.ts';
import { StripePayments } from '../../src/backend/payments/stripePayments.ts';
import { plans, type Plan } from '../../src/core/plans.ts';
import { planOf, type AccountDesk } from './accountDesk.ts';
import { PlainLedger } from './plainLedger.ts';
import type { Contract } from './stripeBooks.ts';
import { priceOf, signed, type StripeDouble } from './stripeDouble.ts';

const SECRET = 'whsec_test';
const prices = Object.fromEntries(plans.slice(1).map(({ id }) => [id, priceOf(id)]));

/** One account that pays through Stripe, and the plain rules beside it. */
export class StripeLife {
  readonly #desk: AccountDesk;
  readonly #plain: PlainLedger;
  readonly #double: StripeDouble;
  readonly #stripe: StripePayments;
  readonly #follower: ProviderFollower;
  readonly #draw: () => number;
  /** What Stripe has said and nobody has heard: it is told until it is taken. */
  #untold: string[] = [];
  #seen: number;
  /** Something was told late: from then on the plain rules know more. */
  #isBehind = false;

  /** What Stripe had of others before. */
  readonly #moneyBefore: number;

  /** `draw` gives numbers by which is decided which event comes next, and whether it comes again. */
  constructor(desk: AccountDesk, { double, apiBase }: SharedStripe, draw: () => number) {
    const { writer, database } = desk.bank;
    const deps = { writer, query: database.query, publicUrl: () => 'https://tokenfare.example.com' };
    this.#desk = desk;
    this.#double = double;
    this.#draw = draw;
    this.#seen = double.events.length;
    this.#moneyBefore = double.books.money;
    this.#plain = new PlainLedger(desk.bank.now);
    this.#stripe = new StripePayments({ ...deps, secretKey: 'sk_test_1', webhookSecret: SECRET, prices, apiBase });
    this.#follower = new ProviderFollower({ ...deps, payments: this.#stripe, onFault: assert.ifError });
    // It looks when it is told to, and not by its own clock.
    void this.#follower.close();
  }

  /** Does it, and tells what comes of it at once, unless it is late: then some of it comes later. */
  async take(step: StripeStep, { isLate = false } = {}): Promise<void> {
    const { bank, accountId, writer } = this.#desk;
    // Stripe counts in seconds.
    bank.now += 1_000;
    this.#isBehind ||= isLate;
    switch (step.do) {
      case 'wait':
        return this.#wait(step.seconds, isLate);
      case 'choose':
        this.#plain.choose(bank.now, step.plan.id, 'pays');
        await this.#choose(step.plan);
        break;
      case 'give':
        this.#plain.give(bank.now, step.plan.id);
        await this.#desk.give(step.plan.id);
        break;
      case 'callOff':
        this.#plain.callOff(bank.now);
        await writer.submit('callOffChange', { accountId });
        break;
      case 'spend':
        await this.#spend(step.amount);
        break;
      case 'refund':
        await this.#refund(step.insist);
        break;
      case 'dispute':
        this.#dispute();
    }
    await this.#settle(isLate);
  }

  async compare(): Promise<void> {
    assert.deepEqual(await this.#desk.view(), this.#plain.view(this.#desk.bank.now));
  }

  /** Everything is told, until nobody has anything to say: then the books here and there are the same. */
  async settleAll(): Promise<void> {
    const { bank } = this.#desk;
    // What came before its period waits for that.
    for (let round = 0; this.#untold.length > 0 || round === 0; round += 1) {
      await this.#settle(false);
      bank.now += 1_000;
      assert.ok(round < MOST_ROUNDS, 'events are never taken');
    }
    await this.#desk.proveInvoices();
    const { refused, books } = this.#double;
    assert.deepEqual([refused, books.money - this.#moneyBefore], [[], await this.#desk.money()]);
  }

  async #choose(target: Plan): Promise<void> {
    const { accountId } = this.#desk;
    const chosen = await this.#desk.choose(target.id);
    if (chosen.kind !== 'pay') return;
    const { for: kind, from, amount, currency } = chosen;
    const order = { accountId, kind, plan: planOf(chosen.planId), from, amount, currency };
    const url = await this.#stripe.collect(order);
    if (url === null) return;
    if (this.#double.books.sessions.has(url)) this.#double.payCheckout(url);
    const open = [...this.#double.books.invoices.values()].find((invoice) => url.endsWith(invoice.id));
    if (open?.status === 'open') this.#double.pay(open);
  }

  async #spend(amount: number): Promise<void> {
    const { bank } = this.#desk;
    const call = await this.#desk.start(amount);
    const hold = this.#plain.reserve(bank.now, 'call', 1, amount);
    if (call !== null) await this.#desk.finish(call, amount);
    if (hold !== null) this.#plain.finish(bank.now, 'call', amount);
  }

  async #refund(insist: boolean): Promise<void> {
    const asked = await this.#desk.requestRefund();
    const isWaiting = asked.kind !== 'generationOpen' && asked.status === 'waiting';
    if (isWaiting && insist) await this.#desk.decideRefund(asked.id ?? '', true);
    const expected = this.#plain.refund(this.#desk.bank.now, insist);
    if (this.#isBehind) return;
    const status = asked.kind === 'generationOpen' ? 'open' : asked.status;
    assert.equal(isWaiting && insist ? 'approved' : status, expected);
  }

  /** Opened and won: told in whatever order, it ends as it began. */
  #dispute(): void {
    const [contract] = this.#running();
    const invoices = [...this.#double.books.invoices.values()];
    const invoice = invoices.find(({ contract: of, status }) => status === 'paid' && of === contract?.id);
    if (invoice === undefined) return;
    const id = this.#double.dispute(invoice, 'needs_response');
    this.#double.dispute(invoice, 'won', id);
  }

  /** Time goes by, with a stop at every month's end. */
  async #wait(seconds: number, isLate: boolean): Promise<void> {
    const { bank } = this.#desk;
    const until = bank.now + seconds * 1_000;
    for (;;) {
      const due = this.#running().find(({ end }) => end * 1_000 <= until);
      if (due === undefined) break;
      const ends = due.end * 1_000;
      // Stripe's clock may be ahead of ours: what we can't take yet comes again soon, not after a month.
      bank.now = Math.max(bank.now, ends - (this.#draw() % 2) * 1_000);
      this.#plain.at(bank.now);
      this.#double.renew(due);
      await this.#settle(isLate);
      bank.now = Math.max(bank.now, ends);
      this.#plain.at(bank.now);
      await this.#settle(isLate);
    }
    bank.now = until;
    await this.#settle(isLate);
  }

  #running(): Contract[] {
    const { contracts } = this.#double.books;
    const isOwn = ({ status, metadata }: Contract): boolean =>
      status === 'active' && metadata['account'] === this.#desk.accountId;
    return [...contracts.values()].filter(isOwn);
  }

  /** Tells what there is to tell in any order, some of it twice, and has Stripe told what changed here. */
  async #settle(isLate: boolean): Promise<void> {
    for (let isNew = true; isNew;) {
      await this.#follower.look();
      const { events } = this.#double;
      isNew = this.#seen < events.length;
      this.#untold.push(...events.slice(this.#seen).map(({ body }) => body));
      this.#seen = events.length;
      await this.#tell(isLate);
    }
  }

  async #tell(isLate: boolean): Promise<void> {
    const later: string[] = [];
    for (let left = this.#untold; left.length > 0; left = this.#untold) {
      const [body = ''] = left.splice(this.#draw() % left.length, 1);
      const isHeard = !isLate || this.#draw() % 2 === 0;
      const answer = isHeard ? await this.#stripe.receive(body, signed(body, SECRET)) : 'later';
      if (answer === 'later') later.push(body);
      else if (this.#draw() % 3 === 0) {
        const again = this.#draw() % 2 === 0 ? body : body.replace('"evt_', '"evt_again_');
        assert.equal(await this.#stripe.receive(again, signed(again, SECRET)), 'done');
      }
    }
    this.#untold = later;
  }
}

/** One for all lives of a test: what is named by its ids is named once. */
export interface SharedStripe {
  readonly double: StripeDouble;
  readonly apiBase: string;
}

export type StripeStep =
  | { readonly do: 'choose' | 'give'; readonly plan: Plan }
  | { readonly do: 'spend'; readonly amount: number }
  | { readonly do: 'refund'; readonly insist: boolean }
  | { readonly do: 'callOff' | 'dispute' }
  | { readonly do: 'wait'; readonly seconds: number };

/** An event that is taken neither at once nor after the others is taken never. */
const MOST_ROUNDS = 20;
