import {
  formatAllowance,
  formatBalance,
  formatCharge,
  formatLimit,
  formatReceiptBalance,
} from '../../src/core/formatTokens.ts';
import { planById } from '../../src/core/plans.ts';
import type { Millitokens } from '../../src/core/tokens.ts';
import type { AccountBody, RefundBody } from '../../src/protocol/api.ts';
import { l10n, l10nCount } from '../l10n.ts';
import type { AccountRefusal } from './accountRefusal.ts';
import { days } from './days.ts';

/** What the account page says around its sections, and of the balance, savings, projects, publications and refunds. */
export const accountWords = {
  title: l10n('Account'),
  loading: l10n('Loading…'),
  notLoaded: l10n('The account couldn’t load.'),
  signOut: l10n('Sign out'),
  support: l10n('Support'),
  copy: l10n('Copy'),
  copied: l10n('Copied.'),
  keepIt: l10n('Keep it'),

  failed: (refusal: AccountRefusal | null): string => {
    if (refusal === null) return l10n('That didn’t work. Nothing has changed, and nothing was charged.');
    return refusals[refusal.code] ?? refusal.message;
  },

  left: (left: Millitokens, { allowance }: AccountBody['balance']): string =>
    l10n('{left} of {all} tokens left', { left: formatBalance(left), all: formatAllowance(allowance) }),
  plan: (name: string): string => l10n('Plan: {name}', { name }),
  givenPlan: (name: string): string => l10n('Plan: {name}, given to you', { name }),
  practicePlan: (name: string): string => l10n('Plan: {name}, from a practice card', { name }),
  resets: (end: string): string =>
    l10n('Resets {date}. Unused tokens don’t carry over.', { date: days.dayAndTime(end) }),
  used: (used: Millitokens): string => l10n('{used} used in this period', { used: formatCharge(used) }),
  setAside: (held: Millitokens): string =>
    l10n('{held} set aside for the running message', { held: formatLimit(held) }),
  warning: (warning: NonNullable<AccountBody['warning']>): string => warnings[warning],
  notice: (notice: NonNullable<AccountBody['notice']>): string => {
    if (notice.kind === 'on_hold') return ON_HOLD;
    const name = planById(notice.planId)?.name ?? notice.planId;
    const date = days.dayAndTime(notice.until);
    return l10n('The renewal of {name} is unpaid. Pay by {date}, or the plan becomes Free.', { name, date });
  },
  scheduled: (name: string, at: string): string => l10n('From {date}: {name}.', { name, date: days.day(at) }),
  keep: (name: string): string => l10n('Keep {name}', { name }),
  calledOff: (name: string): string => l10n('Called off. You keep {name}.', { name }),

  savings: l10n('Saved so far'),
  savedInAll: (all: Millitokens): string => l10n('{all} tokens saved', { all: formatReceiptBalance(all) }),
  nothingSaved: l10n('Nothing yet. Free edits, batches and roll backs are counted here.'),
  savedElsewhere: l10n('What you saved is kept by the editor on your computer and shown there.'),
  savedBy: (kind: string): string => savingKinds[kind] ?? kind,
  saved: (amount: Millitokens): string => formatCharge(amount),

  projects: l10n('Projects'),
  noProjects: l10n('A project is here once its first message is sent.'),
  projectLimit: (limit: number): string =>
    l10nCount(limit, 'Your plan has room for {n} project.', 'Your plan has room for {n} projects.'),
  movesLeft: (moves: number): string =>
    l10nCount(moves, 'It can be moved {n} more time in this period.', 'It can be moved {n} more times in this period.'),
  active: l10n('Active'),
  useHere: l10n('Use Free here instead'),
  useHereLabel: (name: string): string => l10n('Use Free for {name} instead', { name }),

  refund: l10n('Refund'),
  refundWould: {
    approved: l10n('A refund would be approved at once.'),
    waiting: l10n('A person would look at the request.'),
    refused: l10n('No refund is possible.'),
  },
  refundNow: {
    approved: l10n('The refund is approved.'),
    waiting: l10n('A person will look at the request.'),
    refused: l10n('The refund was refused.'),
  },
  refundEnds: {
    approved: l10n('The plan that it paid for ends at once, and its unused tokens go back.'),
    waiting: l10n('If it is approved, the plan that it paid for ends at once, and its unused tokens go back.'),
    refused: '',
  },
  refundOf: (money: { amount: number; currency: string }): string =>
    l10n('It is about {money}.', { money: formatMoney(money, 'exact') }),
  refundReason: ({ reason }: RefundBody): string => refundReasons[reason] ?? reason,
  requestRefund: l10n('Request a refund'),
};

const ON_HOLD = l10n('This account is on hold because a payment was disputed. Please contact support.');

/** A price: "$20" where it has no cents, else "$20.50"; `exact` always shows cents. */
export function formatMoney(
  { amount, currency }: { readonly amount: number; readonly currency: string },
  exact: 'exact' | 'short' = 'short',
): string {
  const digits = exact === 'short' && amount % 100 === 0 ? { maximumFractionDigits: 0 } : {};
  return new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...digits,
  }).format(amount / 100);
}

const refusals: Readonly<Record<string, string>> = {
  unauthenticated: l10n('You are signed out. Sign in to go on.'),
  account_on_hold: ON_HOLD,
  project_limit: l10n('The project has been moved as often as this period allows.'),
  generation_open: l10n('A message is still running. Try again when it is done.'),
  rate_limited: l10n('That was too often. Try again in a minute.'),
  unavailable: l10n('The backend can’t be reached. Nothing has changed.'),
};

const warnings: Readonly<Record<NonNullable<AccountBody['warning']>, string>> = {
  low: l10n('Tokens are low.'),
  very_low: l10n('Tokens are very low.'),
  empty: l10n('All tokens are used. Editing, free edits, roll back, publishing and export still work.'),
};

const savingKinds: Readonly<Record<string, string>> = {
  'edit-for-free': l10n('Free edits'),
  batch: l10n('Batches'),
  'roll-back': l10n('Roll backs'),
  'start-fresh': l10n('Fresh starts'),
};

/** By the reasons of the rules for refunds, and of the person who decided. */
const refundReasons: Readonly<Record<string, string>> = {
  little_used: l10n('Little of it was used.'),
  used: l10n('More than a tenth of it was used.'),
  exported: l10n('Code was exported since.'),
  refunded_before: l10n('There was a refund within the last year.'),
  on_hold: l10n('The account is on hold.'),
  nothing_paid: l10n('Nothing was paid that could be given back.'),
  given: l10n('Nothing was paid for this plan, so there is no money to give back. If you don’t want it, choose Free.'),
  practice: l10n('A practice card paid for it, so there is no money to give back.'),
  too_late: l10n('The payment is more than 7 days old.'),
  by_person: l10n('A person decided so.'),
};
