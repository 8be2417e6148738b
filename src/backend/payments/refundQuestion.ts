import type { Reader } from '../database/database.ts';
import { chargedSince } from '../ledger/chargedSince.ts';
import { millitokens } from '../../core/tokens.ts';
import { freePeriodStart, type RefundQuestion } from './refunds.ts';

/**
 * Reads what a decision on a refund rests on: of the account's latest paid invoice that was not given back, or of the
 * one that is named. The account must exist; whether it has moved since is for the decision to see.
 */
export async function readRefundQuestion(
  query: Reader,
  { accountId, now, invoiceId }: { accountId: string; now: number; invoiceId?: string },
): Promise<RefundQuestion> {
  // Counts first: what is read after them is at least as new.
  const asOf = await query
    .selectFrom('subscriptions')
    .innerJoin('ledger_accounts', 'ledger_accounts.account_id', 'subscriptions.account_id')
    .select(['payment_count as paymentCount', 'transfer_count as transferCount', 'last_event_at as lastEventAt'])
    .where('subscriptions.account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  const kept = await keptInvoices(query, accountId);
  const [latest] = kept;
  const invoice = invoiceId === undefined ? latest : kept.find(({ id }) => id === invoiceId);
  const { lastEventAt, ...counts } = asOf;
  const none = { charged: { sincePayment: millitokens(0), sinceFree: millitokens(0) }, freeSince: 0 };
  if (invoice === undefined) return { accountId, invoiceId: null, isLatest: false, ...none, asOf: counts };
  const freeSince = freePeriodStart(invoice, Math.max(now, lastEventAt));
  const sincePayment = await chargedSince(query, accountId, { column: 'number', from: invoice.transferNumber });
  const sinceFree = await chargedSince(query, accountId, { column: 'at', from: freeSince });
  const charged = { sincePayment, sinceFree };
  return { accountId, invoiceId: invoice.id, isLatest: invoice === latest, charged, freeSince, asOf: counts };
}

/** Invoices that were not given back, the latest first. */
function keptInvoices(query: Reader, accountId: string) {
  return query
    .selectFrom('invoices')
    .leftJoin('refunds', 'refunds.invoice_id', 'invoices.id')
    .select(['invoices.id', 'anchor_before as anchorBefore', 'transfer_number as transferNumber'])
    .where('invoices.account_id', '=', accountId)
    .where((or) => or.or([or('refunds.status', 'is', null), or('refunds.status', '<>', 'approved')]))
    .orderBy('invoices.number', 'desc')
    .execute();
}
