import { periodAt } from '../../src/core/billingPeriod.ts';
import { planById, type Plan } from '../../src/core/plans.ts';

/**
 * One account by the words of the design (section 4), as plainly as can be: no transfers, no rows, no database. What
 * the real ledger answers must be what this does.
 */
export class PlainLedger {
  plan = planOf('free');
  /** The plan was given, or Free came after one that was: nobody pays for it. */
  given = false;
  scheduled: Plan | null = null;
  available = 300_000;
  allowance = 300_000;
  used = 0;
  start: number;
  end: number;
  /** Cents that came in and were not given back. */
  money = 0;
  frozen = false;
  /** When the running period's payment became due, if it is not paid. */
  unpaidSince: number | null = null;
  cardFails = false;
  readonly holds = new Map<string, { amount: number; start: number }>();
  readonly #payments: Payment[] = [];
  readonly #charges: { at: number; amount: number; paymentsBefore: number }[] = [];
  #refundedAt: number | null = null;
  #exportedAt: number | null = null;
  #anchor: number;
  #last: number;

  constructor(now: number) {
    this.#anchor = now;
    this.#last = now;
    this.start = now;
    this.end = this.#periodOf(now).end;
  }

  get held(): number {
    return [...this.holds.values()].reduce((sum, { amount }) => sum + amount, 0);
  }

  /** The account as it stands now, as an AccountDesk shows it. */
  view(now: number) {
    this.at(now);
    const { plan, scheduled, available, held, allowance, used, start, end, frozen, unpaidSince } = this;
    const given = this.given && plan.id !== 'free';
    const period = { periodStart: start, periodEnd: end };
    const balance = { available, held, allowance, used };
    return { plan: plan.id, given, scheduled: scheduled?.id ?? null, unpaidSince, ...balance, ...period, frozen };
  }

  /** First the roll-over, then the event. Nothing happens before what happened last; looking is no event. */
  at(now: number): number {
    const at = Math.max(this.#last, now);
    this.#lapse(at);
    if (at < this.end) return at;
    this.#last = at;
    this.plan = this.scheduled ?? this.plan;
    this.scheduled = null;
    this.#begin(this.#periodOf(at), this.given ? this.plan.allowance : Math.min(this.plan.allowance, FREE));
    if (this.plan.id === 'free' || this.given) return at;
    this.unpaidSince = this.start;
    if (!this.cardFails) this.#renew(at);
    this.#lapse(at);
    return at;
  }

  /** The hold that a call gets; null if the balance is below its least. */
  reserve(now: number, id: string, least: number, most: number): number | null {
    const at = this.at(now);
    if (this.frozen || this.available < least) return null;
    this.#last = at;
    const amount = Math.min(most, this.available);
    this.available -= amount;
    this.holds.set(id, { amount, start: this.start });
    return amount;
  }

  /** What is charged; null if the hold has ended before. */
  finish(now: number, id: string, charge: number): number | null {
    const hold = this.holds.get(id);
    if (hold === undefined) return null;
    this.#last = Math.max(this.#last, now);
    this.holds.delete(id);
    const charged = Math.min(charge, hold.amount);
    this.#charges.push({ at: this.#last, amount: charged, paymentsBefore: this.#paid });
    if (hold.start === this.start) {
      this.used += charged;
      this.available += hold.amount - charged;
    }
    return charged;
  }

  grant(now: number, amount: number): void {
    this.#last = this.at(now);
    this.available += amount;
    this.allowance += amount;
  }

  /** Chooses a plan, and pays at once where that is asked for, with a card that may fail later or be disputed. */
  choose(now: number, planId: string, card: 'pays' | 'fails' | 'disputes'): void {
    const order = this.order(now, planId);
    if (order !== null) this.pay(now, order, card);
  }

  /** Chooses a plan: what is to be paid for, or null where there is nothing to pay. */
  order(now: number, planId: string): Order | null {
    this.at(now);
    const target = planOf(planId);
    if (target.price.amount < this.plan.price.amount) this.scheduled = target;
    else if (target.id === this.plan.id && this.unpaidSince === null) this.scheduled = null;
    else if (!this.frozen) return { plan: this.unpaidSince === null ? target : this.plan, from: this.#paidFor };
    return null;
  }

  /** Pays for it, however much later; false if it is no longer what it was to be paid for. */
  pay(now: number, { plan, from }: Order, card: 'pays' | 'fails' | 'disputes'): boolean {
    const at = this.at(now);
    const isDue = this.unpaidSince === null ? plan.price.amount > this.plan.price.amount : plan === this.plan;
    if (!isDue || from !== this.#paidFor) return false;
    this.#pay(plan, at);
    this.cardFails = card === 'fails';
    this.frozen ||= card === 'disputes';
    return true;
  }

  /** The operator gives a plan. */
  give(now: number, planId: string): void {
    this.#start(planOf(planId), Math.max(this.at(now), this.start + 1));
    this.given = true;
    this.unpaidSince = null;
  }

  export(now: number): void {
    const at = this.at(now);
    if (this.plan.id !== 'free') this.#exportedAt = at;
  }

  /** Asks for the latest payment back; `insist` has a person say yes where one is asked. */
  refund(now: number, insist: boolean): string {
    const at = this.at(now);
    const index = this.#payments.findLastIndex(({ state }) => state !== 'given back');
    const payment = this.#payments[index];
    if (payment === undefined) return 'refused';
    if (payment.state === 'paid') {
      if (at - payment.at > 168 * HOUR) return 'refused';
      if (this.holds.size > 0) return 'open';
    }
    const isFree = this.#isFree(payment, index, at);
    if (payment.state === 'paid' && !isFree) payment.state = 'waiting';
    if (payment.state === 'waiting' && !insist) return 'waiting';
    if (this.holds.size > 0) return 'open';
    payment.state = 'given back';
    this.#refundedAt = at;
    this.money -= payment.cents;
    this.#undo(payment, at);
    return 'approved';
  }

  callOff(now: number): void {
    this.at(now);
    this.scheduled = null;
  }

  /** What is given back without asking a person. */
  #isFree(payment: Payment, index: number, now: number): boolean {
    const since = this.#charges.filter(({ paymentsBefore }) => paymentsBefore > index);
    const used = since.reduce((sum, { amount }) => sum + amount, this.held);
    const isExported = this.#exportedAt !== null && this.#exportedAt >= payment.at;
    const isFirst = this.#refundedAt === null || now - this.#refundedAt >= 365 * 24 * HOUR;
    return !this.frozen && used * 10 <= payment.granted && !isExported && isFirst;
  }

  #undo({ plan, previous, given, anchorBefore, granted, start }: Payment, at: number): void {
    if (this.given || previous !== null) {
      if (start === this.start) this.available -= Math.min(this.available, granted);
      if (this.given || previous === null || this.plan !== plan) return;
      this.plan = previous;
      if (this.scheduled !== null && this.scheduled.price.amount >= previous.price.amount) this.scheduled = null;
      return;
    }
    this.plan = given ?? planOf('free');
    this.given = given !== null;
    this.scheduled = null;
    this.unpaidSince = null;
    this.#anchor = anchorBefore;
    this.#last = Math.max(at, this.start + 1);
    const { start: since, end } = this.#periodOf(this.#last);
    const charged = this.#charges.filter((each) => each.at >= since).reduce((sum, { amount }) => sum + amount, 0);
    this.start = since;
    this.end = end;
    this.available = Math.min(this.available, Math.max(0, this.plan.allowance - charged));
    this.allowance = this.plan.allowance;
    this.used = charged;
  }

  /** What comes first is what is owed. */
  #pay(target: Plan, at: number): void {
    if (this.unpaidSince !== null) this.#renew(at);
    else if (this.plan.id === 'free' || this.given) this.#buy(target, Math.max(at, this.start + 1));
    else {
      const granted = target.allowance - this.plan.allowance;
      this.#last = at;
      this.#add(granted);
      const cents = target.price.amount - this.plan.price.amount;
      const previous = this.plan;
      this.plan = target;
      this.scheduled = null;
      this.#book({ cents, granted, previous, given: null, anchorBefore: this.#anchor, start: this.start });
    }
  }

  #renew(at: number): void {
    const granted = this.plan.allowance - Math.min(this.plan.allowance, FREE);
    this.#last = at;
    this.#add(granted);
    const cents = this.plan.price.amount;
    this.#book({ cents, granted, previous: null, given: null, anchorBefore: this.#anchor, start: this.start });
    this.unpaidSince = null;
  }

  #buy(plan: Plan, start: number): void {
    const anchorBefore = this.#anchor;
    const given = this.given && this.plan.id !== 'free' ? this.plan : null;
    this.#start(plan, start);
    this.given = false;
    this.#book({ cents: plan.price.amount, granted: plan.allowance, previous: null, given, anchorBefore, start });
  }

  #start(plan: Plan, start: number): void {
    this.plan = plan;
    this.scheduled = null;
    this.#anchor = start;
    this.#last = start;
    this.#begin(this.#periodOf(start), plan.allowance);
  }

  #book(payment: Omit<Payment, 'state' | 'at' | 'plan'>): void {
    this.#payments.push({ ...payment, plan: this.plan, at: this.#last, state: 'paid' });
    this.money += payment.cents;
  }

  get #paidFor(): string {
    return this.given ? 'free' : this.plan.id;
  }

  get #paid(): number {
    return this.#payments.length;
  }

  #add(amount: number): void {
    this.available += amount;
    this.allowance += amount;
  }

  #lapse(at: number): void {
    if (this.unpaidSince === null || at < this.unpaidSince + 72 * HOUR) return;
    this.unpaidSince = null;
    this.plan = planOf('free');
    this.scheduled = null;
  }

  #begin({ start, end }: { start: number; end: number }, granted: number): void {
    this.start = start;
    this.end = end;
    this.available = granted;
    this.allowance = granted;
    this.used = 0;
  }

  #periodOf(instant: number): { start: number; end: number } {
    const { start, end } = periodAt(new Date(this.#anchor).toISOString(), new Date(instant).toISOString());
    return { start: Date.parse(start), end: Date.parse(end) };
  }
}

/** What somebody is asked to pay for, and what was paid for until then. */
export interface Order {
  readonly plan: Plan;
  readonly from: string;
}

interface Payment {
  readonly plan: Plan;
  readonly at: number;
  readonly cents: number;
  readonly granted: number;
  /** What an upgrade was made from; null for a purchase or a renewal. */
  readonly previous: Plan | null;
  /** What had been given before a purchase. */
  readonly given: Plan | null;
  readonly anchorBefore: number;
  readonly start: number;
  state: 'paid' | 'waiting' | 'given back';
}

const FREE = 300_000;
const HOUR = 60 * 60 * 1000;

function planOf(id: string): Plan {
  const plan = planById(id);
  if (plan === undefined) throw new Error(`no plan ${id}`);
  return plan;
}
