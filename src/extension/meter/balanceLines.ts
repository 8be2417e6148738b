import { formatCharge, formatLimit } from '../../core/formatTokens.ts';
import { runsOutAt } from '../../core/pace.ts';
import { planById } from '../../core/plans.ts';
import type { Millitokens } from '../../core/tokens.ts';
import type { AccountBody } from '../../protocol/api.ts';
import type { Balance } from './balance.ts';
import type { Wording } from './statusBarView.ts';

/**
 * What the tooltip and the balance menu say beside the count: what stands against the account, reset, plan, spend,
 * savings, holds, pace. `chat`: the
 * settled charges of the chat that is open, where they are to be said.
 */
export function balanceLines(
  balance: Balance,
  account: AccountBody,
  wording: Wording,
  chat: Millitokens | null = null,
): string[] {
  const { l10n, dates } = wording;
  const lines = [
    notice(account, wording),
    l10n.t("Resets {0}. Unused tokens don't carry over.", dates.dayAndTime(account.period.end)),
    planLine(account, wording),
    sums(balance, wording, chat),
    setAside(account, wording),
    pace(balance, account, wording),
  ];
  return lines.filter((line) => line !== '');
}

function notice({ notice: against, plan }: AccountBody, { l10n, dates }: Wording): string {
  if (against === undefined) return '';
  if (against.kind === 'on_hold') return l10n.t('On hold: a payment was disputed.');
  return l10n.t(
    'The renewal of {0} is unpaid. Pay by {1}, or the plan becomes Free.',
    plan.name,
    dates.day(against.until),
  );
}

function planLine({ plan, scheduledChange }: AccountBody, { l10n, dates }: Wording): string {
  if (!scheduledChange) return l10n.t('Plan: {0}', plan.name);
  const next = planById(scheduledChange.planId)?.name ?? scheduledChange.planId;
  return l10n.t('Plan: {0}, from {1}: {2}', plan.name, dates.day(scheduledChange.at), next);
}

function sums({ today, saved }: Balance, { l10n, locale }: Wording, chat: Millitokens | null): string {
  return [
    ...(today === null ? [] : [l10n.t('Today {0}', formatCharge(today, locale))]),
    ...(chat === null ? [] : [l10n.t('this chat {0}', formatCharge(chat, locale))]),
    l10n.t('saved {0}', formatCharge(saved, locale)),
  ].join(' · ');
}

function setAside({ balance }: AccountBody, { l10n, locale }: Wording): string {
  return balance.held === 0 ? '' : l10n.t('{0} set aside for the running message', formatLimit(balance.held, locale));
}

function pace({ now }: Balance, { balance, period }: AccountBody, { l10n, dates }: Wording): string {
  const out = runsOutAt({ available: balance.available, used: balance.used, period, now });
  return out === null ? '' : l10n.t('At this pace it lasts until {0}', dates.day(out));
}
