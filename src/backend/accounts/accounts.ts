import type { Entitlements } from '../../core/entitlements.ts';
import type { Plan } from '../../core/plans.ts';
import type { Row } from '../database/tables.ts';
import type { RowKey, Work } from '../database/workingSet.ts';
import { ledger, type LedgerRow } from '../ledger/ledger.ts';
import { payments } from '../payments/payments.ts';
import { subscriptions, type Subscription } from '../subscriptions/subscriptions.ts';

/** Accounts: who has a balance, on which plan, and how both stand now. */
export const accounts = {
  /** The rows that everything here needs. */
  needs(accountId: string): RowKey[] {
    return [...subscriptions.needs(accountId), ['accounts', accountId]];
  },

  /** Makes an account with its first period. False if the id is taken; an email that is taken fails the command. */
  create(work: Work, { id, email, plan }: NewAccount): boolean {
    if (work.accounts.find(id) !== undefined) return false;
    work.accounts.put({ id, email, createdAt: work.now });
    subscriptions.begin(work, id, plan);
    work.touch(id);
    return true;
  },

  /** An account as it stands now, after rolling it over if it is overdue. Null if there is none. */
  view(work: Work, accountId: string): AccountView | null {
    const account = work.accounts.find(accountId);
    if (account === undefined) return null;
    subscriptions.bringUpToDate(work, accountId, payments.renew);
    const plan = subscriptions.planNow(work, accountId);
    const subscription = subscriptions.read(work, accountId);
    const entitlements = subscriptions.entitlements(work, accountId);
    return { account, plan, subscription, entitlements, ledger: ledger.read(work, accountId) };
  },
};

/** The one account of a backend in local mode. */
export const LOCAL_ACCOUNT = { id: 'local', email: 'local@localhost' } as const;

export interface NewAccount {
  readonly id: string;
  readonly email: string;
  readonly plan: Plan;
}

export interface AccountView {
  readonly account: Row<'accounts'>;
  readonly plan: Plan;
  readonly subscription: Subscription;
  readonly entitlements: Entitlements;
  readonly ledger: LedgerRow;
}
