import type { Plan } from '../../core/plans.ts';
import type { Transaction } from '../database/transaction.ts';
import { ledger } from '../ledger/ledger.ts';
import type { LedgerAccount } from '../ledger/ledgerStore.ts';
import { payments } from '../payments/payments.ts';
import { subscriptions } from '../subscriptions/subscriptions.ts';
import { accountStore, type Account } from './accountStore.ts';

/** Accounts: who has a balance, on which plan, and how both stand now. */
export const accounts = {
  /** Makes an account with its first period. False if the email is taken. */
  create(tx: Transaction, account: NewAccount): boolean {
    if (!accountStore.insert(tx, account)) return false;
    subscriptions.begin(tx, account.id, account.plan);
    tx.touch(account.id);
    return true;
  },

  /** An account as it stands now, after rolling it over if it is overdue. Null if there is none. */
  view(tx: Transaction, accountId: string): AccountView | null {
    const account = accountStore.read(tx, accountId);
    if (account === undefined) return null;
    subscriptions.bringUpToDate(tx, accountId, payments.renew);
    const scheduledPlanId = subscriptions.scheduledPlanId(tx, accountId);
    return { account, plan: subscriptions.planNow(tx, accountId), ledger: ledger.read(tx, accountId), scheduledPlanId };
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
  readonly account: Account;
  readonly plan: Plan;
  readonly ledger: LedgerAccount;
  readonly scheduledPlanId: string | null;
}
