import { formatAllowance } from '../../src/core/formatTokens.ts';
import { planChange } from '../../src/core/planChange.ts';
import type { Plan } from '../../src/core/plans.ts';
import { planStanding } from '../../src/core/planStanding.ts';
import type { AccountBody, PlansBody } from '../../src/protocol/api.ts';
import { l10n, l10nCount } from '../l10n.ts';
import { formatMoney } from './accountWords.ts';
import { days } from './days.ts';

type Entitlements = PlansBody['plans'][number]['entitlements'];

/** What the plan table says. */
export const planWords = {
  title: l10n('Plans'),
  budget: l10n('Monthly budget'),
  setBudget: l10n('Set'),
  atOnce: l10n('At once, with a new period from today'),
  noPrice: l10n('none'),
  budgetFooter: l10n('You pay for the models yourself. A plan is a budget that you set; nothing is paid here.'),
  plan: l10n('Plan'),
  allowance: l10n('Tokens a month'),
  price: l10n('Price a month'),
  gets: l10n('Includes'),
  change: l10n('Change'),
  current: l10n('Your plan'),
  given: l10n('Your plan, given to you. Nothing is paid for it.'),
  upgrade: l10n('Upgrade'),
  downgrade: l10n('Downgrade'),
  cancel: l10n('Cancel plan'),
  pay: l10n('Pay'),
  press: (press: string, name: string): string => l10n('{press}: {name}', { press, name }),
  allowanceOf: (plan: Plan): string => formatAllowance(plan.allowance),
  priceOf: (plan: Plan): string => formatMoney(plan.price),
  getsOf: ({ publish, codeExport, projects }: Entitlements): string =>
    [
      ...(publish ? [l10n('publish')] : []),
      ...(codeExport ? [l10n('code export')] : []),
      projects === null ? l10n('any number of projects') : l10nCount(projects, '{n} project', '{n} projects'),
    ].join(', '),
  footer: l10n(
    'Tokens can’t be bought apart and don’t carry over. Refund within 7 days. Prices are net; tax is added at checkout.',
  ),
  billing: l10n('Cards and invoices'),
  noBilling: l10n('No cards and no invoices are kept for this account.'),
  paying: (name: string): string =>
    l10n('Waiting for the payment of {name} in your browser. This page follows by itself.', { name }),
  changed: (name: string): string => l10n('Your plan is {name}.', { name }),
  scheduled: (name: string, at: string): string =>
    l10n('{name} starts on {date}. Until then nothing changes.', { name, date: days.day(at) }),

  /** What choosing a plan does, when, and for how much today. */
  detail: (current: Plan, target: Plan, account: AccountBody, now: Date): string => {
    const { period } = account;
    const change = planChange(current, target, planStanding(account));
    const date = days.day(period.end);
    switch (change.kind) {
      case 'current':
        return '';
      case 'purchase':
        return l10n('Today {price}. {all} tokens at once, new period starts today', {
          price: formatMoney(change.pay, 'exact'),
          all: formatAllowance(target.allowance),
        });
      case 'upgrade':
        return l10n('Today {price} more, +{more} tokens now; {left} left in this period, billing date stays {date}', {
          price: formatMoney(change.pay, 'exact'),
          more: formatAllowance(change.grant),
          left: l10nCount(Math.ceil((Date.parse(period.end) - now.getTime()) / DAY_MS), '{n} day', '{n} days'),
          date,
        });
      case 'renewal':
        return l10n('Today {price} for this period of {name}, +{more} tokens now', {
          price: formatMoney(change.pay, 'exact'),
          name: current.name,
          more: formatAllowance(change.grant),
        });
      case 'downgrade':
        return l10n('From {date}. You keep {name} until then.', { date, name: current.name });
    }
  },
};

const DAY_MS = 24 * 60 * 60 * 1000;
