import { periodAt } from '../../core/billingPeriod.ts';
import { plans, type Plan } from '../../core/plans.ts';
import { refund, type RefundDecision } from '../../core/refund.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';
import type { Row } from '../database/tables.ts';
import type { RowKey, Work } from '../database/workingSet.ts';
import { ledger } from '../ledger/ledger.ts';
import { GIVEN, subscriptions } from '../subscriptions/subscriptions.ts';
import { payments } from './payments.ts';

/**
 * Refunds: money back for the latest paid invoice (design, section 4). What a decision rests on is read before; if the
 * account has moved since, the answer is `moved`, and it is read again.
 */
export const refunds = {
  /** The rows that everything here needs. */
  needs({ accountId, invoiceId }: RefundQuestion): RowKey[] {
    const ofInvoice: RowKey[] = [
      ['invoices', invoiceId ?? NONE],
      ['refunds', invoiceId ?? NONE],
    ];
    return [...subscriptions.needs(accountId), ...ofInvoice];
  },

  /** What asking would be answered, without asking. */
  preview(work: Work, question: RefundQuestion): RefundAnswer {
    subscriptions.bringUpToDate(work, question.accountId, payments.renew);
    const found = look(work, question);
    return found.kind === 'decided' ? found.answer : found;
  },

  /** Asks: carries out what is approved, and keeps what waits for a person. Never while a generation is open. */
  request(work: Work, question: RefundQuestion): RefundAnswer | { kind: 'generationOpen' } {
    subscriptions.bringUpToDate(work, question.accountId, payments.renew);
    const found = look(work, question);
    if (found.kind !== 'decided') return found;
    const { invoice, answer } = found;
    if (invoice === null || found.isOld || answer.status === 'refused') return answer;
    if (hasOpenGeneration(work, question.accountId)) return { kind: 'generationOpen' };
    const { accountId, id: invoiceId } = invoice;
    const { status, reason } = answer;
    const requestedAt = ledger.now(work, accountId);
    const times = { requestedAt, decidedAt: status === 'approved' ? requestedAt : null };
    work.refunds.put({ invoiceId, accountId, status, reason, ...times, moneySent: false });
    payments.count(work, accountId);
    if (status === 'approved') giveBack(work, invoice, question);
    return answer;
  },

  /** A person's decision on a request that waits. */
  decide(work: Work, question: RefundQuestion & { approve: boolean }): DecideAnswer {
    const { accountId, approve } = question;
    subscriptions.bringUpToDate(work, accountId, payments.renew);
    if (hasMoved(work, question)) return { kind: 'moved' };
    const invoice = work.invoices.find(question.invoiceId ?? NONE);
    const waiting = work.refunds.find(question.invoiceId ?? NONE);
    if (invoice === undefined || waiting?.status !== 'waiting') return { kind: 'notWaiting' };
    if (approve && hasOpenGeneration(work, accountId)) return { kind: 'generationOpen' };
    const status = approve ? 'approved' : 'refused';
    const reason = 'by_person';
    work.refunds.put({ ...waiting, status, reason, decidedAt: ledger.now(work, accountId) });
    payments.count(work, accountId);
    if (approve) giveBack(work, invoice, question);
    work.touch(accountId);
    return { kind: 'decided', status };
  },

  /** Practice money goes back to nobody once money is taken: what waits is refused, and nothing is left to send. */
  endPractice(work: Work, { accountId, invoiceIds }: PracticeInvoices): void {
    const now = ledger.now(work, accountId);
    for (const invoiceId of invoiceIds) {
      const earlier = work.refunds.find(invoiceId);
      const times = { requestedAt: earlier?.requestedAt ?? now, decidedAt: now };
      const refused = { invoiceId, accountId, status: 'refused', reason: PRACTICE, ...times } as const;
      work.refunds.put({ ...(earlier?.status === 'approved' ? earlier : refused), moneySent: true });
    }
    payments.count(work, accountId);
  },

  /** The provider has been told to give the money back. */
  markMoneySent(work: Work, invoiceId: string): void {
    const found = work.refunds.find(invoiceId);
    if (found !== undefined) work.refunds.put({ ...found, moneySent: true });
  },
};

/** Which payment it is about, and what was read of it. */
export interface RefundQuestion {
  readonly accountId: string;
  /** Null if nothing was paid that has not been given back. */
  readonly invoiceId: string | null;
  /** Nothing was paid after it. */
  readonly isLatest: boolean;
  /** What was charged since the payment, and since the free period began that would be running anyway. */
  readonly charged: { readonly sincePayment: Millitokens; readonly sinceFree: Millitokens };
  /** When that free period began, in milliseconds. */
  readonly freeSince: number;
  /** How far the account had come when this was read. */
  readonly asOf: { readonly paymentCount: number; readonly transferCount: number };
}

/** Invoices of one account that practice cards paid. */
export interface PracticeInvoices {
  readonly accountId: string;
  readonly invoiceIds: readonly string[];
}

export type RefundAnswer =
  | { readonly kind: 'moved' }
  | {
      readonly kind: 'answered';
      readonly id: string | null;
      readonly status: Row<'refunds'>['status'];
      readonly reason: string;
      /** What is given back, in the currency's minor unit. */
      readonly money: { readonly amount: number; readonly currency: string } | null;
    };

export type DecideAnswer =
  | { readonly kind: 'moved' }
  | { readonly kind: 'notWaiting' }
  | { readonly kind: 'generationOpen' }
  | { readonly kind: 'decided'; readonly status: 'approved' | 'refused' };

type Invoice = Row<'invoices'>;
type Answered = Exclude<RefundAnswer, { kind: 'moved' }>;

/** No invoice is called so. */
const NONE = '';
/** Why nothing is given back that practice cards paid. */
const PRACTICE = 'practice';

/** The answer, from a request that was made before or by the rules. */
function look(work: Work, question: RefundQuestion) {
  if (hasMoved(work, question)) return { kind: 'moved' } as const;
  const invoice = work.invoices.find(question.invoiceId ?? NONE) ?? null;
  const earlier = work.refunds.find(question.invoiceId ?? NONE);
  const { status, reason } = earlier ?? decideNow(work, question, invoice);
  const wasMoney = invoice !== null && reason !== PRACTICE;
  const money = wasMoney ? { amount: invoice.amount, currency: invoice.currency } : null;
  const answer: Answered = { kind: 'answered', id: invoice?.id ?? null, status, reason, money };
  return { kind: 'decided', invoice, answer, isOld: earlier !== undefined } as const;
}

function decideNow(work: Work, question: RefundQuestion, invoice: Invoice | null): RefundDecision {
  const { accountId, charged } = question;
  const now = ledger.now(work, accountId);
  const subscription = subscriptions.read(work, accountId);
  if (invoice === null) return refund.decide(subscriptions.isGiven(subscription) ? 'given' : 'nothing_paid', now);
  const { exportedAt, refundedAt } = subscription;
  const { held, frozen } = ledger.read(work, accountId);
  const used = millitokens(charged.sincePayment + held);
  const { paidAt, granted } = invoice;
  return refund.decide({ paidAt, granted, used, exportedAt, refundedAt, isOnHold: frozen }, now);
}

function hasMoved(work: Work, { accountId, invoiceId, freeSince, asOf }: RefundQuestion): boolean {
  const account = ledger.read(work, accountId);
  const { paymentCount } = subscriptions.read(work, accountId);
  const invoice = work.invoices.find(invoiceId ?? NONE);
  const isOtherPeriod = invoice !== undefined && freeSince !== freePeriodStart(invoice, ledger.now(work, accountId));
  return paymentCount !== asOf.paymentCount || account.transferCount !== asOf.transferCount || isOtherPeriod;
}

/** When the free period began that would be running at an instant, had this not been paid. Both in milliseconds. */
export function freePeriodStart(invoice: Pick<Invoice, 'anchorBefore'>, now: number): number {
  const { start } = periodAt(new Date(invoice.anchorBefore).toISOString(), new Date(now).toISOString());
  return Date.parse(start);
}

function hasOpenGeneration(work: Work, accountId: string): boolean {
  return ledger.read(work, accountId).openHolds > 0;
}

/**
 * Takes back what is unused of the payment's grant, and lets the plan fall to what it was before. Where something was
 * paid or given later, that stays, and so does its plan; and where an upgrade's plan is over, so does what came after.
 */
function giveBack(work: Work, invoice: Invoice, { isLatest, charged }: RefundQuestion): void {
  const { accountId, kind } = invoice;
  const { available, periodStart } = ledger.read(work, accountId);
  const { provider, planId } = subscriptions.read(work, accountId);
  const isLast = isLatest && provider !== GIVEN;
  subscriptions.change(work, accountId, { refundedAt: ledger.now(work, accountId) });
  if (isLast && kind !== 'upgrade') {
    // A purchase is made from Free, or from a plan that was given.
    const before = planOf(kind === 'purchase' ? invoice.previousPlanId : 'free');
    const free = { allowance: before.allowance, charged: charged.sinceFree };
    const left = refund.leftAfterPurchase(available, free);
    ledger.fallBack(work, accountId, { ...free, anchor: invoice.anchorBefore, left });
    subscriptions.fallBack(work, accountId, before.id);
    return;
  }
  if (invoice.periodStart === periodStart) {
    const left = refund.leftAfterUpgrade(available, invoice.granted);
    ledger.takeBack(work, accountId, millitokens(available - left));
  }
  if (isLast && planId === invoice.planId) subscriptions.undoUpgrade(work, accountId, planOf(invoice.previousPlanId));
}

function planOf(id: string): Plan {
  const plan = plans.find((each) => each.id === id);
  if (plan === undefined) throw new Error(`no such plan: ${id}`);
  return plan;
}
