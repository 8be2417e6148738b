import type { CommandWriter } from '../commands.ts';
import type { Reader } from '../database/database.ts';
import { StartRefusal } from '../startRefusal.ts';
import { SANDBOX } from '../subscriptions/subscriptions.ts';

/** What another payment provider than today's took on this database. Settled at a start, before anybody is let in. */
export const formerPayments = {
  /** Throws a StartRefusal where money was taken: practice cards would renew what it bought, and send nothing back. */
  async refuseMoney(query: Reader): Promise<void> {
    const paid = await query
      .selectFrom('subscriptions')
      .select('account_id')
      .where((or) => or.or([or('customer_id', 'is not', null), or('contract_id', 'is not', null)]))
      .limit(1)
      .execute();
    if (paid.length === 0) return;
    throw new StartRefusal(
      'Configuration: payments.provider: people have paid at Stripe for plans in this database, which the sandbox could neither renew nor give back. Set it to stripe, or practise on another database.',
    );
  },

  /** Ends what practice cards paid for, once: nobody renews it, and none of it goes back or counts as money. */
  async endPractice({ query, writer }: { query: Reader; writer: CommandWriter }): Promise<void> {
    const payers = await query
      .selectFrom('subscriptions')
      .select('account_id as accountId')
      .where('provider', '=', SANDBOX)
      .where('payment_count', '>', 0)
      .execute();
    const open = await openInvoices(query);
    const accounts = new Map(payers.map(({ accountId }): [string, string[]] => [accountId, []]));
    for (const { accountId, id } of open) accounts.set(accountId, [...(accounts.get(accountId) ?? []), id]);
    const all = [...accounts].map(([accountId, invoiceIds]) => ({ accountId, invoiceIds }));
    await Promise.all(all.map((practice) => writer.submit('endPractice', practice)));
  },
};

/** The sandbox's invoices of which money could still be asked back, or would still be sent. */
function openInvoices(query: Reader): Promise<{ accountId: string; id: string }[]> {
  return query
    .selectFrom('invoices')
    .leftJoin('refunds', 'refunds.invoice_id', 'invoices.id')
    .select(['invoices.account_id as accountId', 'invoices.id'])
    .where('invoices.id', 'like', `${SANDBOX}%`)
    .where((or) =>
      or.or([
        or('refunds.status', 'is', null),
        or('refunds.status', '=', 'waiting'),
        or.and([or('refunds.status', '=', 'approved'), or('refunds.money_sent', '=', 0)]),
      ]),
    )
    .execute();
}
