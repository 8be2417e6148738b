import { planChange } from '../../core/planChange.ts';
import { planById, plans, type Plan, type PlanId } from '../../core/plans.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';
import type { Transaction } from '../database/transaction.ts';
import { ledger } from '../ledger/ledger.ts';
import { subscriptionStore } from './subscriptionStore.ts';

/**
 * Which plan an account is on, and what happens to it at purchases, changes and the ends of periods (design, section
 * 4).
 */
export const subscriptions = {
  /** Begins an account's subscription with its first period. */
  begin(tx: Transaction, accountId: string, plan: Plan): void {
    subscriptionStore.insert(tx, accountId, { planId: plan.id, provider: SANDBOX });
    ledger.open(tx, { accountId, allowance: plan.allowance });
    ledger.setNextAllowance(tx, accountId, provisionalAllowance(plan));
  },

  /**
   * Brings an account into the period of now: rolls an overdue one over, carries out a scheduled change, and lets the
   * sandbox take the renewal of a paid plan, for the current period only. `renew` books the payment.
   */
  bringUpToDate(tx: Transaction, accountId: string, renew: RenewPayment): void {
    if (!ledger.rollOver(tx, accountId)) return;
    const subscription = subscriptionStore.read(tx, accountId);
    if (subscription === undefined) return;
    const plan = planOf(subscription.scheduledPlanId ?? subscription.planId);
    if (subscription.scheduledPlanId !== null) subscriptionStore.setPlan(tx, accountId, plan.id);
    ledger.setNextAllowance(tx, accountId, provisionalAllowance(plan));
    if (plan.price.amount === 0 || subscription.provider !== SANDBOX) return;
    const { periodStart, allowance } = ledger.read(tx, accountId);
    const rest = millitokens(Math.max(0, plan.allowance - allowance));
    const invoice = `sandbox-renewal:${accountId}:${periodStart}`;
    if (!renew(tx, { accountId, plan, invoice, granted: rest })) return;
    ledger.grant(tx, { accountId, amount: rest, key: `invoice:${invoice}`, reason: plan.id, raisesAllowance: true });
  },

  /** What choosing a plan leads to now. A cheaper plan is scheduled; the current one calls off what is scheduled. */
  choose(tx: Transaction, accountId: string, target: Plan): ChooseAnswer {
    const current = subscriptions.planNow(tx, accountId);
    const change = planChange(current, target);
    switch (change.kind) {
      case 'current':
        subscriptions.callOff(tx, accountId);
        return { kind: 'changed' };
      case 'downgrade': {
        const at = ledger.read(tx, accountId).periodEnd;
        subscriptionStore.schedule(tx, accountId, { planId: target.id, at });
        tx.touch(accountId);
        return { kind: 'scheduled', at };
      }
      case 'purchase':
      case 'upgrade':
        return { kind: 'pay', from: current.id, amount: change.pay.amount, currency: change.pay.currency };
    }
  },

  /** Calls off a scheduled change, if there is one. */
  callOff(tx: Transaction, accountId: string): void {
    subscriptionStore.schedule(tx, accountId, null);
    tx.touch(accountId);
  },

  /**
   * Carries out what has been paid for: a purchase starts a new period with the whole allowance, an upgrade grants the
   * difference in the running one. Answers with what was granted, or null if the price has changed since (another
   * change came between).
   */
  applyPayment(
    tx: Transaction,
    paid: { accountId: string; plan: Plan; amount: number; invoice: string },
  ): PaymentApplied | null {
    const { accountId, plan } = paid;
    const current = subscriptions.planNow(tx, accountId);
    const change = planChange(current, plan);
    if ((change.kind !== 'purchase' && change.kind !== 'upgrade') || change.pay.amount !== paid.amount) return null;
    const granted = change.kind === 'purchase' ? plan.allowance : change.grant;
    const grant = { amount: granted, key: `invoice:${paid.invoice}`, reason: plan.id };
    if (change.kind === 'purchase') ledger.restart(tx, accountId, grant);
    else ledger.grant(tx, { accountId, ...grant, raisesAllowance: true });
    subscriptionStore.setPlan(tx, accountId, plan.id);
    ledger.setNextAllowance(tx, accountId, provisionalAllowance(plan));
    return { kind: change.kind, previous: current.id, granted };
  },

  /** The plan that an account is on. */
  planNow(tx: Transaction, accountId: string): Plan {
    const subscription = subscriptionStore.read(tx, accountId);
    if (subscription === undefined) throw new Error('no such subscription');
    return planOf(subscription.planId);
  },

  /** The plan that the next period will be on, if a change is scheduled. */
  scheduledPlanId(tx: Transaction, accountId: string): string | null {
    return subscriptionStore.read(tx, accountId)?.scheduledPlanId ?? null;
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

/** Books a renewal's payment; false if it was booked before. */
export type RenewPayment = (
  tx: Transaction,
  renewal: { accountId: string; plan: Plan; invoice: string; granted: Millitokens },
) => boolean;

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
