import { formatAllowance } from '../../core/formatTokens.ts';
import { planById, plans, type Money, type Plan, type PlanId } from '../../core/plans.ts';
import { planChange } from '../../core/planChange.ts';
import { planStanding } from '../../core/planStanding.ts';
import type { AccountBody } from '../../protocol/api.ts';
import type { Wording } from '../meter/statusBarView.ts';

/** A row of the plan list: what it is, and what choosing it does, when, and for how much today. */
export interface PlanItem {
  readonly planId: PlanId;
  readonly label: string;
  readonly detail: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The eight plans, cheapest first, each saying what changes for this account (screens: Plans). */
export function planItems(account: AccountBody, now: string, wording: Wording): PlanItem[] {
  const current = planById(account.plan.id);
  if (account.setsOwnBudget === true) return plans.map((plan) => budgetItem(plan, account, wording));
  return plans.map((plan) => ({
    planId: plan.id,
    label: label(plan, wording),
    detail: current ? detail(current, plan, account, now, wording) : '',
  }));
}

/** A budget that the person sets themselves has no price, and holds at once. */
function budgetItem(plan: Plan, account: AccountBody, { l10n, locale }: Wording): PlanItem {
  const isCurrent = plan.id === account.plan.id;
  return {
    planId: plan.id,
    label: l10n.t('{0} tokens a month', formatAllowance(plan.allowance, locale)),
    detail: isCurrent ? l10n.t('Your budget') : l10n.t('At once, with a new period from today'),
  };
}

function label(plan: Plan, { l10n, locale }: Wording): string {
  const allowance = l10n.t('{0} tokens', formatAllowance(plan.allowance, locale));
  const price = plan.price.amount === 0 ? l10n.t('$0') : l10n.t('{0} a month', money(plan.price, locale));
  return `${plan.name} · ${allowance} · ${price}`;
}

function detail(current: Plan, target: Plan, account: AccountBody, now: string, wording: Wording): string {
  const { l10n, locale, dates } = wording;
  const { t } = l10n;
  const standing = planStanding(account);
  const change = planChange(current, target, standing);
  const end = dates.day(account.period.end);
  if (standing === 'practice' && target.id === current.id) {
    return t('Your plan until {0}, from a practice card. To keep it: {1}', end, bought(target, wording));
  }
  switch (change.kind) {
    case 'current':
      if (account.scheduledChange) return t('Your plan. Choosing it keeps it after {0}.', end);
      return standing === 'given' ? t('Your plan, given to you. Nothing is paid for it.') : t('Your plan');
    case 'purchase':
      return bought(target, wording);
    case 'upgrade':
      return t(
        'Today {0} more, +{1} tokens now; {2} left in this period, billing date stays {3}',
        cents(change.pay, locale),
        formatAllowance(change.grant, locale),
        daysLeft(account.period.end, now, l10n),
        end,
      );
    case 'renewal':
      return t(
        'Today {0} for this period of {1}, +{2} tokens now',
        cents(change.pay, locale),
        current.name,
        formatAllowance(change.grant, locale),
      );
    case 'downgrade':
      return t('From {0}. You keep {1} until then.', end, current.name);
  }
}

function bought({ price, allowance }: Plan, { l10n, locale }: Wording): string {
  const tokens = formatAllowance(allowance, locale);
  return l10n.t('Today {0}. {1} tokens at once, new period starts today', cents(price, locale), tokens);
}

function daysLeft(end: string, now: string, { t }: Wording['l10n']): string {
  const days = Math.ceil((Date.parse(end) - Date.parse(now)) / DAY_MS);
  return days === 1 ? t('1 day') : t('{0} days', days);
}

/** "$20", "$533": a plan's price has no cents. */
function money({ amount, currency }: Money, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount / 100);
}

/** "$20.00": what is paid today is shown to the cent. */
function cents({ amount, currency }: Money, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount / 100);
}
