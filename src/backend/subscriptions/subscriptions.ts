import { entitlementsOf, type Entitlements } from '../../core/entitlements.ts';
import { planChange, type PlanChange } from '../../core/planChange.ts';
import { planById, type Plan, type PlanId } from '../../core/plans.ts';
import type { PlanStanding } from '../../core/planStanding.ts';
import { renewal } from '../../core/renewal.ts';
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

  /** Begins an account's subscription with its first period; another plan than Free is given to it. */
  begin(work: Work, accountId: string, plan: Plan): void {
    const provider = plan.id === 'free' ? SANDBOX : GIVEN;
    work.subscriptions.put({ ...newSubscription, accountId, planId: plan.id, provider });
    ledger.open(work, { accountId, allowance: plan.allowance });
    setNextAllowance(work, accountId);
  },

  /**
   * Brings an account into the period of now: rolls an overdue one over, carries out a scheduled change, and lets the
   * sandbox take the renewal of a paid plan, for the current period only. `renew` is told what the sandbox's card pays.
   * A renewal that stays unpaid for too long ends in Free; a plan that was given begins anew, and nobody pays for it.
   */
  bringUpToDate(work: Work, accountId: string, renew: RenewPayment): void {
    lapse(work, accountId);
    if (!ledger.rollOver(work, accountId)) return;
    const { planId, scheduledPlanId, provider, cardFails } = subscriptions.read(work, accountId);
    const plan = planOf(scheduledPlanId ?? planId);
    if (scheduledPlanId !== null) setPlan(work, accountId, plan);
    if (plan.price.amount === 0 || provider === GIVEN) return;
    const { periodStart } = ledger.read(work, accountId);
    subscriptions.change(work, accountId, { unpaidSince: periodStart });
    const invoice = `sandbox-renewal:${accountId}:${periodStart}`;
    if (provider === SANDBOX && !cardFails)
      renew(work, { accountId, provider, plan, from: plan.id, ...plan.price, invoice, renews: true });
    lapse(work, accountId);
  },

  /** What choosing a plan leads to now. A cheaper plan is scheduled; the current one calls off what is scheduled. */
  choose(work: Work, accountId: string, target: Plan): ChooseAnswer {
    const current = subscriptions.planNow(work, accountId);
    if (target.id !== 'free' && hasEnded(work, accountId)) {
      return { kind: 'ended', at: ledger.read(work, accountId).periodEnd };
    }
    const change = changeNow(work, accountId, target);
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
      case 'renewal': {
        if (ledger.read(work, accountId).frozen) return { kind: 'onHold' };
        const plan = change.kind === 'renewal' ? current : target;
        const from = paidPlanNow(work, accountId).id;
        return { kind: 'pay', for: change.kind, planId: plan.id, from, ...change.pay };
      }
    }
  },

  /**
   * Gives an account a plan that nobody pays for: what its operator decides, or the monthly budget of somebody who pays
   * the models themselves. At once: a new period starts with all of it. A contract with a provider ends.
   */
  give(work: Work, accountId: string, plan: Plan): void {
    const { transferCount } = ledger.read(work, accountId);
    const key = `given:${accountId}:${transferCount}`;
    ledger.restart(work, accountId, { amount: plan.allowance, key, reason: plan.id });
    subscriptions.change(work, accountId, { provider: GIVEN });
    setPlan(work, accountId, plan);
  },

  /**
   * Ends what practice cards paid for, as money is taken from now on: the plan runs out with its period, and what was
   * owed or given back in practice is nothing.
   */
  endPractice(work: Work, accountId: string): void {
    const { provider, planId } = subscriptions.read(work, accountId);
    subscriptions.change(work, accountId, { refundedAt: null });
    if (provider !== SANDBOX) return;
    subscriptions.change(work, accountId, { provider: PRACTICE, unpaidSince: null });
    if (planId !== 'free') schedule(work, accountId, { planId: 'free', at: ledger.read(work, accountId).periodEnd });
  },

  /** Calls off a scheduled change, if there is one; what the provider has ended stays so, and what was practice. */
  callOff(work: Work, accountId: string): CallOffAnswer {
    const { periodEnd: at } = ledger.read(work, accountId);
    if (hasEnded(work, accountId)) return { kind: 'ended', at };
    if (subscriptions.isPractice(subscriptions.read(work, accountId))) return { kind: 'practice', at };
    if (subscriptions.read(work, accountId).scheduledPlanId !== null) schedule(work, accountId, null);
    return { kind: 'changed' };
  },

  /**
   * Carries out what has been paid for: a purchase starts a new period with the whole allowance, an upgrade grants the
   * difference in the running one, a renewal the rest of the running one. Null if it is no longer what this pays for
   * (another change came between). A renewal that comes after the plan has lapsed brings it back.
   */
  applyPayment(work: Work, paid: PaidInvoice): PaymentApplied | null {
    const { accountId, plan, provider, invoice, anchor } = paid;
    const { anchor: anchorBefore } = ledger.read(work, accountId);
    const current = subscriptions.planNow(work, accountId);
    const wasPractice = subscriptions.isPractice(subscriptions.read(work, accountId));
    const change = changePaidFor(work, paid);
    if (change === null) return null;
    const granted = change.kind === 'purchase' ? plan.allowance : change.grant;
    const grant = { amount: granted, key: `invoice:${invoice}`, reason: plan.id };
    if (change.kind === 'purchase') {
      ledger.restart(work, accountId, { ...grant, ...(anchor === undefined ? {} : { anchor }) });
      subscriptions.change(work, accountId, { provider });
    } else ledger.grant(work, { accountId, ...grant });
    if (change.kind === 'renewal') subscriptions.change(work, accountId, { unpaidSince: null });
    if (change.kind !== 'renewal' || current.id === 'free') setPlan(work, accountId, plan);
    const { periodStart, transferCount } = ledger.read(work, accountId);
    const { kind } = change;
    const previous = kind === 'purchase' && wasPractice ? 'free' : current.id;
    return { kind, previous, granted, periodStart, anchorBefore, transferNumber: transferCount };
  },

  /**
   * Goes back to Free now, or to the plan that was given before, as the refund of a purchase does. What was scheduled
   * is called off.
   */
  fallBack(work: Work, accountId: string, planBefore: PlanId): void {
    if (planBefore !== 'free') subscriptions.change(work, accountId, { provider: GIVEN });
    setPlan(work, accountId, planOf(planBefore));
  },

  /** Goes back to the plan before an upgrade. What was scheduled stays if it is cheaper still, and so does a debt. */
  undoUpgrade(work: Work, accountId: string, previous: Plan): void {
    const { scheduledPlanId, scheduledAt, unpaidSince } = subscriptions.read(work, accountId);
    setPlan(work, accountId, previous);
    subscriptions.change(work, accountId, { unpaidSince });
    const scheduled = scheduledPlanId === null ? null : planOf(scheduledPlanId);
    if (scheduled === null || scheduled.price.amount >= previous.price.amount) return;
    subscriptions.change(work, accountId, { scheduledPlanId, scheduledAt });
    setNextAllowance(work, accountId);
  },

  /** The provider has been told; unless something has changed since, it needs to be told no more. */
  markFollowed(work: Work, { accountId, planId, scheduledPlanId, contractId }: Followed): void {
    const now = subscriptions.read(work, accountId);
    const isSame = now.planId === planId && now.scheduledPlanId === scheduledPlanId && now.contractId === contractId;
    if (isSame) subscriptions.change(work, accountId, { providerBehind: false });
  },

  /** What an account may do now. */
  entitlements(work: Work, accountId: string): Entitlements {
    return entitlementsOf(subscriptions.planNow(work, accountId));
  },

  /** Whether nobody pays for its plan. */
  isGiven({ provider, planId }: Pick<Subscription, 'provider' | 'planId'>): boolean {
    return provider === GIVEN && planId !== 'free';
  },

  /** Whether a practice card paid for its plan, where money is taken by now. */
  isPractice({ provider, planId }: Pick<Subscription, 'provider' | 'planId'>): boolean {
    return provider === PRACTICE && planId !== 'free';
  },

  /** The plan that an account is on. */
  planNow(work: Work, accountId: string): Plan {
    return planOf(subscriptions.read(work, accountId).planId);
  },

  /** An account's row. Throws if there is no such account. */
  read(work: Work, accountId: string): Subscription {
    const subscription = work.subscriptions.find(accountId);
    if (subscription === undefined) throw new Error('no such subscription');
    return subscription;
  },

  /** Changes facts about an account that no rule of this file looks after. */
  change(work: Work, accountId: string, change: Partial<Subscription>): void {
    work.subscriptions.put({ ...subscriptions.read(work, accountId), ...change });
    work.touch(accountId);
  },
};

export type Subscription = Row<'subscriptions'>;

/** What a provider was told of a subscription. */
export type Followed = Pick<Subscription, 'accountId' | 'planId' | 'scheduledPlanId' | 'contractId'>;

export interface PaidInvoice {
  readonly accountId: string;
  /** Who took the money. */
  readonly provider: string;
  readonly plan: Plan;
  /** What was paid for before; for the provider's renewals it is `plan`, whatever has happened since. */
  readonly from: PlanId;
  /** In the currency's minor unit. */
  readonly amount: number;
  readonly currency: string;
  readonly invoice: string;
  /** When the provider's months began, in milliseconds; now, unless it says so. */
  readonly anchor?: number;
  /** The provider renews by itself. */
  readonly renews?: true;
}

export interface PaymentApplied extends Pick<
  Row<'invoices'>,
  'kind' | 'granted' | 'periodStart' | 'anchorBefore' | 'transferNumber'
> {
  readonly previous: PlanId;
}

export type CallOffAnswer =
  | { kind: 'changed' }
  /** The provider has ended the contract: the plan runs until then, and another can be chosen after that. */
  | { kind: 'ended'; at: number }
  /** A practice card paid for the plan, which ends then: only money buys another. */
  | { kind: 'practice'; at: number };

export type ChooseAnswer =
  | CallOffAnswer
  | { kind: 'onHold' }
  | { kind: 'scheduled'; at: number }
  | {
      kind: 'pay';
      for: 'purchase' | 'upgrade' | 'renewal';
      /** What is paid for: the current plan while its renewal is unpaid, whatever was chosen. */
      planId: PlanId;
      /** What has been paid for until now: Free, where the plan was given. */
      from: PlanId;
      amount: number;
      currency: string;
    };

/** Books a renewal's payment and applies it; one that was booked before fails the command. */
export type RenewPayment = (work: Work, paid: PaidInvoice) => void;

/** Its practice cards pay; also what stands in the row of whoever has never paid. */
export const SANDBOX = 'sandbox';
/** Nobody takes money: the operator gave the plan, or it is the budget of whoever pays the models themselves. */
export const GIVEN = 'given';
/** Practice cards paid before money was taken here. */
const PRACTICE = 'practice';

const newSubscription: Omit<Subscription, 'accountId' | 'planId'> = {
  provider: SANDBOX,
  ...{ scheduledPlanId: null, scheduledAt: null, unpaidSince: null },
  ...{ paymentCount: 0, refundedAt: null, exportedAt: null },
  ...{ projectId: null, projectMoves: 0, movesPeriod: 0 },
  ...{ customerId: null, contractId: null, providerBehind: false, cardFails: false, appsUp: 0 },
};

function planOf(id: string): Plan {
  const plan = planById(id);
  if (plan === undefined) throw new Error(`no such plan: ${id}`);
  return plan;
}

/** What choosing a plan leads to, as things stand now. */
function changeNow(work: Work, accountId: string, target: Plan): PlanChange {
  const subscription = subscriptions.read(work, accountId);
  return planChange(planOf(subscription.planId), target, standingOf(subscription));
}

function standingOf(subscription: Subscription): PlanStanding {
  if (subscriptions.isPractice(subscription)) return 'practice';
  if (subscriptions.isGiven(subscription)) return 'given';
  return subscription.unpaidSince === null ? 'paid' : 'owed';
}

/** The plan that money stands behind: another one is worth nothing when something is paid for. */
function paidPlanNow(work: Work, accountId: string): Plan {
  const subscription = subscriptions.read(work, accountId);
  const isPaid = ['paid', 'owed'].includes(standingOf(subscription));
  return planOf(isPaid ? subscription.planId : 'free');
}

/** Whether a plan runs on to its period's end without a contract that could be paid or changed. */
function hasEnded(work: Work, accountId: string): boolean {
  const { provider, planId, contractId } = subscriptions.read(work, accountId);
  return planId !== 'free' && contractId === null && ![SANDBOX, GIVEN, PRACTICE].includes(provider);
}

/** Which change this pays for, as things stand now; null if it is none. */
function changePaidFor(work: Work, { accountId, plan, from, renews }: PaidInvoice) {
  if (renews) {
    // What was given since is not renewed by anybody.
    if (subscriptions.isGiven(subscriptions.read(work, accountId))) return null;
    return { kind: 'renewal', grant: renewal.rest(plan) } as const;
  }
  const change = changeNow(work, accountId, plan);
  if (!('pay' in change) || paidPlanNow(work, accountId).id !== from) return null;
  // A renewal is paid for the plan that there is: the money of an upgrade is none, though the renewal is due by now.
  return (change.kind === 'renewal') === (plan.id === from) ? change : null;
}

/** A plan whose renewal has stayed unpaid for too long is Free, and keeps what was provisional. */
function lapse(work: Work, accountId: string): void {
  const { unpaidSince } = subscriptions.read(work, accountId);
  if (unpaidSince === null) return;
  if (ledger.now(work, accountId) < renewal.lapsesAt(unpaidSince)) return;
  setPlan(work, accountId, planOf('free'));
}

/** The plan from now on; what was scheduled or owed for the one before is over. */
function setPlan(work: Work, accountId: string, plan: Plan): void {
  const none = { scheduledPlanId: null, scheduledAt: null, unpaidSince: null };
  subscriptions.change(work, accountId, { planId: plan.id, ...none, ...behind(work, accountId) });
  setNextAllowance(work, accountId);
}

function schedule(work: Work, accountId: string, change: { planId: PlanId; at: number } | null): void {
  const scheduled = { scheduledPlanId: change?.planId ?? null, scheduledAt: change?.at ?? null };
  subscriptions.change(work, accountId, { ...scheduled, ...behind(work, accountId) });
  setNextAllowance(work, accountId);
}

/** What the next period begins with: all of a given plan, and of a paid one what comes before its payment. */
function setNextAllowance(work: Work, accountId: string): void {
  const subscription = subscriptions.read(work, accountId);
  const next = planOf(subscription.scheduledPlanId ?? subscription.planId);
  const isWhole = subscriptions.isGiven(subscription);
  ledger.setNextAllowance(work, accountId, isWhole ? next.allowance : renewal.provisional(next));
}

/** A provider has to be told of every change of what it has a contract about. */
function behind(work: Work, accountId: string): Pick<Subscription, 'providerBehind'> {
  return { providerBehind: subscriptions.read(work, accountId).contractId !== null };
}
