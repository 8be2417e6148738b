import { renewal } from '../../core/renewal.ts';
import { warningFor } from '../../core/warning.ts';
import type { Millitokens } from '../../core/tokens.ts';
import type { AccountBody } from '../../protocol/api.ts';
import { subscriptions } from '../subscriptions/subscriptions.ts';
import type { AccountView } from './accounts.ts';

/** An account as `GET /v1/account` and its events say it. `smallestHold` decides when it counts as empty. */
export function accountBody(
  view: AccountView,
  options: { smallestHold: Millitokens; supportUrl: string; setsOwnBudget: boolean },
): AccountBody {
  const { account, plan, ledger, subscription } = view;
  const { scheduledPlanId } = subscription;
  const { available, held, allowance, used } = ledger;
  const end = new Date(ledger.periodEnd).toISOString();
  return {
    account: { id: account.id, email: account.email },
    plan: { id: plan.id, name: plan.name },
    period: { start: new Date(ledger.periodStart).toISOString(), end },
    balance: { available, held, allowance, used },
    warning: warningFor({ available, held, allowance, smallestHold: options.smallestHold }),
    scheduledChange: scheduledPlanId === null ? null : { planId: scheduledPlanId, at: end },
    entitlements: { ...view.entitlements, ...(options.setsOwnBudget ? { projects: null } : {}) },
    supportUrl: options.supportUrl,
    ...(options.setsOwnBudget ? { setsOwnBudget: true } : {}),
    ...(subscriptions.isGiven(subscription) && !options.setsOwnBudget ? { planIsGiven: true } : {}),
    ...(subscriptions.isPractice(subscription) ? { planIsPractice: true } : {}),
    ...noticeOf(view),
  };
}

/** What stands against the account, so that its person can do something about it. */
function noticeOf({ ledger, subscription: { unpaidSince, planId } }: AccountView): Pick<AccountBody, 'notice'> {
  if (ledger.frozen) return { notice: { kind: 'on_hold' } };
  if (unpaidSince === null) return {};
  return { notice: { kind: 'renewal_unpaid', planId, until: new Date(renewal.lapsesAt(unpaidSince)).toISOString() } };
}
