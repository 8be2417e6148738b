import { planChange } from '../../core/planChange.ts';
import { planById, plans, type Plan, type PlanId } from '../../core/plans.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';
import type { Row } from '../database/tables.ts';
import type { RowKey, Work } from '../database/workingSet.ts';
import { ledger } from '../ledger/ledger.ts';

/**
 * Which plan an account is on, and what happens to it at purchases, changes and the ends of periods (design, section
 * 4).
 */
export const subscriptions = {
  /** The rows that everything here needs. */
  needs(accountId: string): RowKey[] {
    return [...ledger.needs(accountId), ['subscriptions', accountId]];
  },

  /** Begins an account's subscription with its first period. */
  begin(work: Work, accountId: string, plan: Plan): void {
    const none = { scheduledPlanId: null, scheduledAt: null };
    work.subscriptions.put({ accountId, planId: plan.id, provider: SANDBOX, exportedAt: null, ...none });
    ledger.open(work, { accountId, allowance: plan.allowance });
    ledger.setNextAllowance(work, accountId, provisionalAllowance(plan));
  },

  /**
   * Brings an account into the period of now: rolls an overdue one over, carries out a scheduled change, and lets the
   * sandbox take the renewal of a paid plan, for the current period only. `renew` books the payment.
   */
  bringUpToDate(work: Work, accountId: string, renew: RenewPayment): void {
    if (!ledger.rollOver(work, accountId)) return;
    const subscription = read(work, accountId);
    const plan = planOf(subscription.scheduledPlanId ?? subscription.planId);
    if (subscription.scheduledPlanId !== null) setPlan(work, accountId, plan);
    ledger.setNextAllowance(work, accountId, provisionalAllowance(plan));
    if (plan.price.amount === 0 || subscription.provider !== SANDBOX) return;
    const { periodStart, allowance } = ledger.read(work, accountId);
    const rest = millitokens(Math.max(0, plan.allowance - allowance));
    const invoice = `sandbox-renewal:${accountId}:${periodStart}`;
    renew(work, { accountId, plan, invoice, granted: rest });
    ledger.grant(work, { accountId, amount: rest, key: `invoice:${invoice}`, reason: plan.id });
  },

  /** What choosing a plan leads to now. A cheaper plan is scheduled; the current one calls off what is scheduled. */
  choose(work: Work, accountId: string, target: Plan): ChooseAnswer {
    const current = subscriptions.planNow(work, accountId);
    const change = planChange(current, target);
    switch (change.kind) {
      case 'current':
        subscriptions.callOff(work, accountId);
        return { kind: 'changed' };
      case 'downgrade': {
        const at = ledger.read(work, accountId).periodEnd;
        schedule(work, accountId, { planId: target.id, at });
        return { kind: 'scheduled', at };
      }
      case 'purchase':
      case 'upgrade':
        return { kind: 'pay', from: current.id, amount: change.pay.amount, currency: change.pay.currency };
    }
  },

  /** Calls off a scheduled change, if there is one. */
  callOff(work: Work, accountId: string): void {
    schedule(work, accountId, null);
  },

  /**
   * Carries out what has been paid for: a purchase starts a new period with the whole allowance, an upgrade grants the
   * difference in the running one. Answers with what was granted, or null if the price has changed since (another
   * change came between).
   */
  applyPayment(
    work: Work,
    paid: { accountId: string; plan: Plan; amount: number; invoice: string },
  ): PaymentApplied | null {
    const { accountId, plan } = paid;
    const current = subscriptions.planNow(work, accountId);
    const change = planChange(current, plan);
    if ((change.kind !== 'purchase' && change.kind !== 'upgrade') || change.pay.amount !== paid.amount) return null;
    const granted = change.kind === 'purchase' ? plan.allowance : change.grant;
    const grant = { amount: granted, key: `invoice:${paid.invoice}`, reason: plan.id };
    if (change.kind === 'purchase') ledger.restart(work, accountId, grant);
    else ledger.grant(work, { accountId, ...grant });
    setPlan(work, accountId, plan);
    ledger.setNextAllowance(work, accountId, provisionalAllowance(plan));
    return { kind: change.kind, previous: current.id, granted };
  },

  /** The plan that an account is on. */
  planNow(work: Work, accountId: string): Plan {
    return planOf(read(work, accountId).planId);
  },

  /** The plan that the next period will be on, if a change is scheduled. */
  scheduledPlanId(work: Work, accountId: string): string | null {
    return read(work, accountId).scheduledPlanId;
  },
};

export interface PaymentApplied {
  readonly kind: 'purchase' | 'upgrade';
  readonly previous: PlanId;
  readonly granted: Millitokens;
}

export type ChooseAnswer =
  | { kind: 'changed' }
  | { kind: 'scheduled'; at: number }
  | { kind: 'pay'; from: PlanId; amount: number; currency: string };

/** Books a renewal's payment; one that was booked before fails the command. */
export type RenewPayment = (
  work: Work,
  renewal: { accountId: string; plan: Plan; invoice: string; granted: Millitokens },
) => void;

const SANDBOX = 'sandbox';

/**
 * What a roll-over grants before the renewal is paid: never more than Free, so that an unpaid plan costs nobody
 * anything.
 */
function provisionalAllowance(plan: Plan): Millitokens {
  const free = plans[0]?.allowance ?? plan.allowance;
  return plan.allowance < free ? plan.allowance : free;
}

function planOf(id: string): Plan {
  const plan = planById(id);
  if (plan === undefined) throw new Error(`no such plan: ${id}`);
  return plan;
}

function read(work: Work, accountId: string): Row<'subscriptions'> {
  const subscription = work.subscriptions.find(accountId);
  if (subscription === undefined) throw new Error('no such subscription');
  return subscription;
}

/** The plan from now on; what was scheduled is called off. */
function setPlan(work: Work, accountId: string, plan: Plan): void {
  const none = { scheduledPlanId: null, scheduledAt: null };
  work.subscriptions.put({ ...read(work, accountId), planId: plan.id, ...none });
}

function schedule(work: Work, accountId: string, change: { planId: PlanId; at: number } | null): void {
  const scheduled = { scheduledPlanId: change?.planId ?? null, scheduledAt: change?.at ?? null };
  work.subscriptions.put({ ...read(work, accountId), ...scheduled });
  work.touch(accountId);
}
