import { text, textOrNull, type Row } from '../database/row.ts';
import type { Transaction } from '../database/transaction.ts';

/** The SQL of subscriptions. */
export const subscriptionStore = {
  insert(tx: Transaction, accountId: string, subscription: { planId: string; provider: string }): void {
    tx.run(
      `INSERT INTO subscriptions (account_id, plan_id, provider, scheduled_plan_id, scheduled_at)
       VALUES (?, ?, ?, NULL, NULL) ON CONFLICT (account_id) DO NOTHING`,
      accountId,
      subscription.planId,
      subscription.provider,
    );
  },

  read(tx: Transaction, accountId: string): SubscriptionRow | undefined {
    const row = tx.get('SELECT * FROM subscriptions WHERE account_id = ?', accountId);
    return row && subscriptionOf(row);
  },

  setPlan(tx: Transaction, accountId: string, planId: string): void {
    tx.run(
      'UPDATE subscriptions SET plan_id = ?, scheduled_plan_id = NULL, scheduled_at = NULL WHERE account_id = ?',
      planId,
      accountId,
    );
  },

  schedule(tx: Transaction, accountId: string, change: { planId: string; at: number } | null): void {
    tx.run(
      'UPDATE subscriptions SET scheduled_plan_id = ?, scheduled_at = ? WHERE account_id = ?',
      change?.planId ?? null,
      change?.at ?? null,
      accountId,
    );
  },
};

export interface SubscriptionRow {
  readonly planId: string;
  readonly provider: string;
  readonly scheduledPlanId: string | null;
}

function subscriptionOf(row: Row): SubscriptionRow {
  return {
    planId: text(row, 'plan_id'),
    provider: text(row, 'provider'),
    scheduledPlanId: textOrNull(row, 'scheduled_plan_id'),
  };
}
