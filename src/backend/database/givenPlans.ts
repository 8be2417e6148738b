import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { plans } from '../../core/plans.ts';

/**
 * Plans that nobody pays for are `given`: budgets of one's own, and what operators gave, which the sandbox renewed as
 * if somebody had paid. Its invoices of them are not given back, and no other provider is asked for its money.
 */
export const givenPlans: Migration = {
  async up(database: Kysely<never>): Promise<void> {
    await sql`update subscriptions set provider = 'given' where provider = 'own'`.execute(database);
    await sql`update subscriptions set provider = 'given', unpaid_since = null
      where provider = 'sandbox' and plan_id <> 'free' and not exists (
        select 1 from invoices where invoices.account_id = subscriptions.account_id and kind <> 'renewal'
      )`.execute(database);
    for (const { id, allowance } of plans) {
      await sql`update ledger_accounts set next_allowance = ${allowance} where account_id in (
        select account_id from subscriptions where provider = 'given' and coalesce(scheduled_plan_id, plan_id) = ${id}
      )`.execute(database);
    }
    await sql`insert into refunds (invoice_id, account_id, status, reason, requested_at, decided_at, money_sent)
      select id, account_id, 'refused', 'given', paid_at, paid_at, 0 from invoices
      where id like 'sandbox-renewal:%' and id not in (select invoice_id from refunds)
        and account_id in (select account_id from subscriptions where provider = 'given')`.execute(database);
    await sql`update refunds set money_sent = 1 where status = 'approved' and invoice_id like 'sandbox%'`.execute(
      database,
    );
  },
};
