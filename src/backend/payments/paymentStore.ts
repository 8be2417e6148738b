import { integer, text, type Row } from '../database/row.ts';
import type { Transaction } from '../database/transaction.ts';

/** The SQL of checkouts, invoices and the inbox of payment events. */
export const paymentStore = {
  /** False if the event has been here before: whoever gets true applies it, in the same transaction. */
  receive(tx: Transaction, event: { id: string; kind: string; accountId: string; body: string }): boolean {
    const inserted = tx.run(
      `INSERT INTO payment_events (id, kind, account_id, received_at, body) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO NOTHING`,
      event.id,
      event.kind,
      event.accountId,
      tx.now,
      event.body,
    );
    return inserted === 1;
  },

  insertInvoice(tx: Transaction, invoice: Invoice): void {
    tx.run(
      `INSERT INTO invoices (id, account_id, plan_id, previous_plan_id, kind, amount, currency, granted, paid_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      invoice.id,
      invoice.accountId,
      invoice.planId,
      invoice.previousPlanId,
      invoice.kind,
      invoice.amount,
      invoice.currency,
      invoice.granted,
      tx.now,
    );
  },

  insertCheckout(tx: Transaction, checkout: Omit<Checkout, 'state' | 'createdAt'>): void {
    tx.run(
      `INSERT INTO checkouts (id, account_id, plan_id, previous_plan_id, amount, currency, state, created_at, paid_at)
       VALUES (?, ?, ?, ?, ?, ?, 'open', ?, NULL)`,
      checkout.id,
      checkout.accountId,
      checkout.planId,
      checkout.previousPlanId,
      checkout.amount,
      checkout.currency,
      tx.now,
    );
  },

  checkout(tx: Transaction, id: string): Checkout | undefined {
    const row = tx.get('SELECT * FROM checkouts WHERE id = ?', id);
    return row && checkoutOf(row);
  },

  setConfirming(tx: Transaction, id: string): void {
    tx.run("UPDATE checkouts SET state = 'confirming' WHERE id = ? AND state = 'open'", id);
  },

  setPaid(tx: Transaction, id: string): void {
    tx.run("UPDATE checkouts SET state = 'paid', paid_at = ? WHERE id = ?", tx.now, id);
  },
};

export interface Checkout {
  readonly id: string;
  readonly accountId: string;
  readonly planId: string;
  readonly previousPlanId: string;
  /** In the currency's minor unit. */
  readonly amount: number;
  readonly currency: string;
  readonly state: 'open' | 'confirming' | 'paid';
  readonly createdAt: number;
}

export interface Invoice {
  readonly id: string;
  readonly accountId: string;
  readonly planId: string;
  readonly previousPlanId: string;
  readonly kind: 'purchase' | 'upgrade' | 'renewal';
  readonly amount: number;
  readonly currency: string;
  /** Millitokens. */
  readonly granted: number;
}

const states = ['open', 'confirming', 'paid'] as const;

function checkoutOf(row: Row): Checkout {
  const state = states.find((each) => each === row['state']);
  if (state === undefined) throw new TypeError('a checkout is in no state');
  return {
    id: text(row, 'id'),
    accountId: text(row, 'account_id'),
    planId: text(row, 'plan_id'),
    previousPlanId: text(row, 'previous_plan_id'),
    amount: integer(row, 'amount'),
    currency: text(row, 'currency'),
    state,
    createdAt: integer(row, 'created_at'),
  };
}
