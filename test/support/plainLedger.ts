import { periodAt } from '../../src/core/billingPeriod.ts';
import { planById, type Plan } from '../../src/core/plans.ts';

/**
 * One account by the words of the design (section 4), as plainly as can be: no transfers, no rows, no database. What
 * the real ledger answers must be what this does.
 */
export class PlainLedger {
  plan = planOf('free');
  scheduled: Plan | null = null;
  available = 300_000;
  allowance = 300_000;
  used = 0;
  start: number;
  end: number;
  readonly holds = new Map<string, { amount: number; start: number }>();
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

  /** First the roll-over, then the event. Nothing happens before what happened last; looking is no event. */
  at(now: number): number {
    const at = Math.max(this.#last, now);
    if (at < this.end) return at;
    this.#last = at;
    this.plan = this.scheduled ?? this.plan;
    this.scheduled = null;
    this.#begin(this.#periodOf(at).start);
    return at;
  }

  /** The hold that a call gets; null if the balance is below its least. */
  reserve(now: number, id: string, least: number, most: number): number | null {
    const at = this.at(now);
    if (this.available < least) return null;
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

  /** Chooses a plan, and pays at once where that is asked for. */
  choose(now: number, planId: string): void {
    const at = this.at(now);
    const target = planOf(planId);
    if (target.id === this.plan.id) {
      this.scheduled = null;
    } else if (target.price.amount <= this.plan.price.amount) {
      this.scheduled = target;
    } else if (this.plan.id === 'free') {
      this.#buy(target, Math.max(at, this.start + 1));
    } else {
      this.#last = at;
      this.available += target.allowance - this.plan.allowance;
      this.allowance += target.allowance - this.plan.allowance;
      this.plan = target;
      this.scheduled = null;
    }
  }

  callOff(now: number): void {
    this.at(now);
    this.scheduled = null;
  }

  #buy(plan: Plan, at: number): void {
    this.plan = plan;
    this.scheduled = null;
    this.#anchor = at;
    this.#last = at;
    this.#begin(at);
  }

  #begin(start: number): void {
    this.start = start;
    this.end = this.#periodOf(start).end;
    this.available = this.plan.allowance;
    this.allowance = this.plan.allowance;
    this.used = 0;
  }

  #periodOf(instant: number): { start: number; end: number } {
    const { start, end } = periodAt(new Date(this.#anchor).toISOString(), new Date(instant).toISOString());
    return { start: Date.parse(start), end: Date.parse(end) };
  }
}

function planOf(id: string): Plan {
  const plan = planById(id);
  if (plan === undefined) throw new Error(`no plan ${id}`);
  return plan;
}
