import type { HoldState } from '../../core/generation.ts';
import type { TransferKind } from '../../core/ledger.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';
import { integer, text, type Row } from '../database/row.ts';
import type { Transaction } from '../database/transaction.ts';

/** The ledger's SQL: the account row, its transfers and holds. Every change is one guarded statement. */
export const ledgerStore = {
  insertAccount(
    tx: Transaction,
    row: { accountId: string; start: number; end: number; nextAllowance: number },
  ): boolean {
    return (
      tx.run(
        `INSERT INTO ledger_accounts (account_id, anchor, period_start, period_end, available, held, allowance, used,
           next_allowance, last_hold, last_event_at) VALUES (?, ?, ?, ?, 0, 0, 0, 0, ?, 0, ?)
         ON CONFLICT (account_id) DO NOTHING`,
        row.accountId,
        row.start,
        row.start,
        row.end,
        row.nextAllowance,
        row.start,
      ) === 1
    );
  },

  account(tx: Transaction, accountId: string): LedgerAccount | undefined {
    const row = tx.get('SELECT * FROM ledger_accounts WHERE account_id = ?', accountId);
    return row && ledgerAccount(row);
  },

  /** The new period's row, if the old period is still what it was. What is available has been expired before. */
  startPeriod(tx: Transaction, accountId: string, change: PeriodChange): boolean {
    return (
      tx.run(
        `UPDATE ledger_accounts SET anchor = ?, period_start = ?, period_end = ?, allowance = 0, used = 0,
           last_event_at = max(last_event_at, ?) WHERE account_id = ? AND period_start = ? AND period_end = ?`,
        change.anchor,
        change.start,
        change.end,
        tx.now,
        accountId,
        change.previous.start,
        change.previous.end,
      ) === 1
    );
  },

  setNextAllowance(tx: Transaction, accountId: string, allowance: Millitokens): void {
    tx.run('UPDATE ledger_accounts SET next_allowance = ? WHERE account_id = ?', allowance, accountId);
  },

  /** Moves the rows by signed amounts. Undefined if a row would go below zero. */
  moveRows(tx: Transaction, accountId: string, by: RowChange): LedgerAccount | undefined {
    const { available, held, allowance, used } = by;
    const row = tx.get(
      `UPDATE ledger_accounts SET available = available + ?, held = held + ?, allowance = allowance + ?,
         used = used + ?, last_event_at = max(last_event_at, ?)
       WHERE account_id = ? AND available + ? >= 0 AND held + ? >= 0 RETURNING *`,
      available,
      held,
      allowance,
      used,
      tx.now,
      accountId,
      available,
      held,
    );
    return row && ledgerAccount(row);
  },

  /** Sets aside as much as there is, between `least` and `most`; undefined if there is less, or the account may not. */
  reserve(tx: Transaction, wanted: Reservation): (LedgerAccount & { hold: Millitokens }) | undefined {
    const row = tx.get(
      `UPDATE ledger_accounts SET available = available - min(?, available), held = held + min(?, available),
         last_hold = min(?, available), last_event_at = max(last_event_at, ?)
       WHERE account_id = ? AND available >= ? AND period_end > max(?, last_event_at) AND frozen = 0
         AND (SELECT count(*) FROM holds WHERE account_id = ? AND state IN ('reserved', 'sent')) < ?
       RETURNING *`,
      wanted.most,
      wanted.most,
      wanted.most,
      tx.now,
      wanted.accountId,
      wanted.least,
      tx.now,
      wanted.accountId,
      wanted.openLimit,
    );
    return row && { ...ledgerAccount(row), hold: millitokens(integer(row, 'last_hold')) };
  },

  openHolds(tx: Transaction, accountId: string): number {
    const row = tx.get(
      "SELECT count(*) AS n FROM holds WHERE account_id = ? AND state IN ('reserved', 'sent')",
      accountId,
    );
    return row === undefined ? 0 : integer(row, 'n');
  },

  insertHold(tx: Transaction, hold: Omit<Hold, 'state' | 'charged' | 'delivered'>): void {
    tx.run(
      `INSERT INTO holds (id, account_id, generation_id, state, amount, charged, delivered, period_start, owner,
         lease_until, created_at) VALUES (?, ?, ?, 'reserved', ?, 0, 0, ?, ?, ?, ?)`,
      hold.id,
      hold.accountId,
      hold.generationId,
      hold.amount,
      hold.periodStart,
      hold.owner,
      hold.leaseUntil,
      tx.now,
    );
  },

  /** Compare-and-set to `sent`. */
  markSent(tx: Transaction, holdId: string): boolean {
    return tx.run("UPDATE holds SET state = 'sent' WHERE id = ? AND state = 'reserved'", holdId) === 1;
  },

  /** What has been delivered can only grow, and never above the hold. */
  recordDelivered(tx: Transaction, holdId: string, delivered: Millitokens, leaseUntil: number): boolean {
    return (
      tx.run(
        `UPDATE holds SET delivered = max(delivered, min(amount, ?)), lease_until = max(lease_until, ?)
         WHERE id = ? AND state IN ('reserved', 'sent')`,
        delivered,
        leaseUntil,
        holdId,
      ) === 1
    );
  },

  /** The one terminal transition. Undefined for whoever comes late. */
  endHold(
    tx: Transaction,
    holdId: string,
    end: { state: 'settled' | 'released'; charged: Millitokens },
  ): Hold | undefined {
    const from = end.state === 'settled' ? "state = 'sent'" : "state IN ('reserved', 'sent')";
    const row = tx.get(
      `UPDATE holds SET state = ?, charged = min(amount, ?), ended_at = ? WHERE id = ? AND ${from} RETURNING *`,
      end.state,
      end.charged,
      tx.now,
      holdId,
    );
    return row && holdOf(row);
  },

  /**
   * Open holds whose process is gone: another owner's at a start of the only process, else those whose lease ran out.
   */
  abandonedHolds(tx: Transaction, gone: { owner: string; onlyOwner: boolean }, limit: number): Hold[] {
    return tx
      .all(
        `SELECT * FROM holds WHERE state IN ('reserved', 'sent') AND (lease_until < ? OR (? = 1 AND owner <> ?))
         ORDER BY id LIMIT ?`,
        tx.now,
        Number(gone.onlyOwner),
        gone.owner,
        limit,
      )
      .map(holdOf);
  },

  /** False if a transfer of this key has been before. */
  insertTransfer(tx: Transaction, transfer: NewTransfer): boolean {
    return (
      tx.run(
        `INSERT INTO transfers (id, account_id, at, kind, amount, available, held, period_start, hold_id, generation_id,
           reason, key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`,
        tx.newId(),
        transfer.account.accountId,
        transfer.account.lastEventAt,
        transfer.kind,
        transfer.amount,
        transfer.available,
        transfer.held,
        transfer.periodStart,
        transfer.hold?.id ?? null,
        transfer.hold?.generationId ?? null,
        transfer.reason ?? null,
        transfer.key ?? null,
      ) === 1
    );
  },

  hasTransfer(tx: Transaction, key: string): boolean {
    return tx.get('SELECT 1 FROM transfers WHERE key = ?', key) !== undefined;
  },
};

export interface LedgerAccount {
  readonly accountId: string;
  readonly anchor: number;
  readonly periodStart: number;
  readonly periodEnd: number;
  readonly available: Millitokens;
  readonly held: Millitokens;
  readonly allowance: Millitokens;
  readonly used: Millitokens;
  readonly nextAllowance: Millitokens;
  readonly lastEventAt: number;
  readonly frozen: boolean;
}

export interface Hold {
  readonly id: string;
  readonly accountId: string;
  readonly generationId: string;
  readonly state: HoldState;
  readonly amount: Millitokens;
  readonly charged: Millitokens;
  readonly delivered: Millitokens;
  readonly periodStart: number;
  readonly owner: string;
  readonly leaseUntil: number;
}

export interface PeriodChange {
  readonly anchor: number;
  readonly start: number;
  readonly end: number;
  readonly previous: { readonly start: number; readonly end: number };
}

/** Signed changes in millitokens. */
export interface RowChange {
  readonly available: number;
  readonly held: number;
  readonly allowance: number;
  readonly used: number;
}

export interface Reservation {
  readonly accountId: string;
  readonly least: Millitokens;
  readonly most: Millitokens;
  /** How many holds may be open at once. */
  readonly openLimit: number;
}

export interface NewTransfer {
  readonly account: LedgerAccount;
  readonly kind: TransferKind;
  readonly amount: Millitokens;
  /** The rows after it. */
  readonly available: Millitokens;
  readonly held: Millitokens;
  readonly periodStart: number;
  readonly hold?: Hold | Pick<Hold, 'id' | 'generationId'>;
  readonly reason?: string;
  readonly key?: string;
}

function ledgerAccount(row: Row): LedgerAccount {
  return {
    accountId: text(row, 'account_id'),
    anchor: integer(row, 'anchor'),
    periodStart: integer(row, 'period_start'),
    periodEnd: integer(row, 'period_end'),
    available: millitokens(integer(row, 'available')),
    held: millitokens(integer(row, 'held')),
    allowance: millitokens(integer(row, 'allowance')),
    used: millitokens(integer(row, 'used')),
    nextAllowance: millitokens(integer(row, 'next_allowance')),
    lastEventAt: integer(row, 'last_event_at'),
    frozen: integer(row, 'frozen') === 1,
  };
}

const states: readonly HoldState[] = ['reserved', 'sent', 'settled', 'released'];

function holdOf(row: Row): Hold {
  const state = states.find((each) => each === row['state']);
  if (state === undefined) throw new TypeError('a hold is in no state');
  return {
    id: text(row, 'id'),
    accountId: text(row, 'account_id'),
    generationId: text(row, 'generation_id'),
    state,
    amount: millitokens(integer(row, 'amount')),
    charged: millitokens(integer(row, 'charged')),
    delivered: millitokens(integer(row, 'delivered')),
    periodStart: integer(row, 'period_start'),
    owner: text(row, 'owner'),
    leaseUntil: integer(row, 'lease_until'),
  };
}
