import { planById } from '../../core/plans.ts';
import { planStanding } from '../../core/planStanding.ts';
import type { AccountBody } from '../../protocol/api.ts';
import type { Wording } from '../meter/statusBarView.ts';

/** What can be done about a paid plan, beside choosing another. */
export interface SubscriptionItem {
  readonly kind: 'keep' | 'cancel' | 'refund';
  readonly label: string;
  readonly detail: string;
}

/** Calling off what is scheduled, cancelling, and asking for money back, if any was paid: each where it applies. */
export function subscriptionItems(account: AccountBody, { l10n, dates }: Wording): SubscriptionItem[] {
  const { plan, period, scheduledChange, setsOwnBudget } = account;
  const canEnd = plan.id !== 'free' && setsOwnBudget !== true;
  const standing = planStanding(account);
  const items: SubscriptionItem[] = [];
  // What practice cards paid for ends: there is nothing to keep, to cancel or to give back.
  if (standing === 'practice') return items;
  if (scheduledChange !== null) {
    const next = planById(scheduledChange.planId)?.name ?? scheduledChange.planId;
    const detail = l10n.t('Calls off: {0} from {1}', next, dates.day(scheduledChange.at));
    items.push({ kind: 'keep', label: l10n.t('Keep {0}', plan.name), detail });
  }
  if (canEnd && scheduledChange?.planId !== 'free') {
    const end = dates.day(period.end);
    const detail =
      standing === 'given'
        ? l10n.t('Free from {0}. Only whoever gave {1} can give it again', end, plan.name)
        : l10n.t('Free from {0}', end);
    items.push({ kind: 'cancel', label: l10n.t('Cancel plan'), detail });
  }
  if (canEnd && standing !== 'given') {
    const detail = l10n.t('Shows the answer before anything is sent');
    items.push({ kind: 'refund', label: l10n.t('Request a refund…'), detail });
  }
  return items;
}
