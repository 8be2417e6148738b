import type { RefundBody } from '../../protocol/api.ts';
import type { Wording } from '../meter/statusBarView.ts';

/** What asking for a refund would be answered, or was: the answer, why, how much it is about, and what goes with it. */
export function refundWords(refund: RefundBody, asked: boolean, wording: Wording): string {
  const { t } = wording.l10n;
  const answers = asked
    ? {
        approved: t('The refund is approved.'),
        waiting: t('A person will look at the request.'),
        refused: t('The refund was refused.'),
      }
    : {
        approved: t('A refund would be approved at once.'),
        waiting: t('A person would look at the request.'),
        refused: t('No refund is possible.'),
      };
  const money = refund.money === null ? [] : [t('It is about {0}.', moneyOf(refund.money, wording.locale))];
  const follows = {
    approved: [t('The plan that it paid for ends at once, and its unused tokens go back.')],
    waiting: [t('If it is approved, the plan that it paid for ends at once, and its unused tokens go back.')],
    refused: [],
  };
  return [answers[refund.status], reasonOf(refund.reason, wording), ...money, ...follows[refund.status]].join(' ');
}

function reasonOf(reason: string, { l10n: { t } }: Wording): string {
  const reasons: Readonly<Record<string, string>> = {
    little_used: t('Little of it was used.'),
    used: t('More than a tenth of it was used.'),
    exported: t('Code was exported since.'),
    refunded_before: t('There was a refund within the last year.'),
    on_hold: t('The account is on hold.'),
    nothing_paid: t('Nothing was paid that could be given back.'),
    given: t("Nothing was paid for this plan, so there is no money to give back. If you don't want it, choose Free."),
    practice: t('A practice card paid for it, so there is no money to give back.'),
    too_late: t('The payment is more than 7 days old.'),
    by_person: t('A person decided so.'),
  };
  return reasons[reason] ?? reason;
}

function moneyOf({ amount, currency }: NonNullable<RefundBody['money']>, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(
    amount / 100,
  );
}
