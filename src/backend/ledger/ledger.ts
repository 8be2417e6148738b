import { periodAt } from '../../core/billingPeriod.ts';
import { settlementOf } from '../../core/ledger.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';
import type { Transaction } from '../database/transaction.ts';
import { ledgerStore, type Hold, type LedgerAccount, type Reservation } from './ledgerStore.ts';

/**
 * The ledger: every change of a balance, double entry. All functions take the open transaction of whoever owns the
 * request; what cannot be is answered by kind, and a broken invariant throws, so that the transaction is undone.
 */
export const ledger = {
  /** Opens an account's rows, its first period starting now. False if it has them already. */
  open(tx: Transaction, account: { accountId: string; allowance: Millitokens }): boolean {
    const { start, end } = periodOf(tx.now, tx.now);
    const { accountId, allowance } = account;
    if (!ledgerStore.insertAccount(tx, { accountId, start, end, nextAllowance: allowance })) return false;
    ledger.grant(tx, { accountId, amount: allowance, key: `period:${accountId}:${start}`, raisesAllowance: true });
    return true;
  },

  /** The account's rows. Throws if there is no such account. */
  read(tx: Transaction, accountId: string): LedgerAccount {
    const account = ledgerStore.account(tx, accountId);
    if (account === undefined) throw new Error('no such account in the ledger');
    return account;
  },

  /** The instant at which things happen to an account: never before its last event, whatever the clock does. */
  effectiveNow(tx: Transaction, account: LedgerAccount): number {
    return Math.max(tx.now, account.lastEventAt);
  },

  /**
   * Brings an overdue account into the period of now: what is left expires, the next allowance is granted. Periods that
   * nobody looked at get no rows. Answers whether it did.
   */
  rollOver(tx: Transaction, accountId: string): boolean {
    const account = ledger.read(tx, accountId);
    const now = ledger.effectiveNow(tx, account);
    if (now < account.periodEnd) return false;
    const { start, end } = periodOf(account.anchor, now);
    moveToPeriod(tx, account, { anchor: account.anchor, start, end });
    ledger.grant(tx, {
      accountId,
      amount: account.nextAllowance,
      key: `period:${accountId}:${start}`,
      raisesAllowance: true,
    });
    return true;
  },

  /** Starts a new period at this instant, as a purchase does: what is left of the old one expires. */
  restart(tx: Transaction, accountId: string, grant: { amount: Millitokens; key: string; reason: string }): void {
    const account = ledger.read(tx, accountId);
    const now = ledger.effectiveNow(tx, account);
    moveToPeriod(tx, account, { anchor: now, ...periodOf(now, now) });
    ledger.grant(tx, { accountId, ...grant, raisesAllowance: true });
  },

  /**
   * Adds tokens once per key. `raisesAllowance`: they are part of what the period grants. False if the key was there.
   */
  grant(
    tx: Transaction,
    grant: { accountId: string; amount: Millitokens; key: string; reason?: string; raisesAllowance: boolean },
  ): boolean {
    const { accountId, amount, key, reason } = grant;
    if (amount === 0 || ledgerStore.hasTransfer(tx, key)) return false;
    const allowance = grant.raisesAllowance ? amount : 0;
    const account = moved(ledgerStore.moveRows(tx, accountId, { ...noChange, available: amount, allowance }));
    const { available, held, periodStart } = account;
    const transfer = { account, kind: 'grant', amount, available, held, periodStart, key } as const;
    if (!ledgerStore.insertTransfer(tx, reason === undefined ? transfer : { ...transfer, reason })) {
      throw new Error('a grant was made twice');
    }
    tx.touch(accountId);
    return true;
  },

  /** What the next roll-over grants. */
  setNextAllowance(tx: Transaction, accountId: string, allowance: Millitokens): void {
    ledgerStore.setNextAllowance(tx, accountId, allowance);
    tx.touch(accountId);
  },

  /** Sets tokens aside for a call: as much as there is, from `least` to `most`. The account must be in its period. */
  reserve(
    tx: Transaction,
    wanted: Reservation & { generationId: string; owner: string; leaseUntil: number },
  ): ReserveAnswer {
    const { accountId } = wanted;
    const account = ledgerStore.reserve(tx, wanted);
    if (account === undefined) return whyNot(tx, wanted);
    const { hold: amount, available, held, periodStart } = account;
    const { generationId, owner, leaseUntil } = wanted;
    const hold = { id: tx.newId(), accountId, generationId, amount, periodStart, owner, leaseUntil };
    ledgerStore.insertHold(tx, hold);
    if (amount > 0) {
      ledgerStore.insertTransfer(tx, { account, kind: 'reserve', amount, available, held, periodStart, hold });
    }
    tx.touch(accountId);
    return { kind: 'reserved', holdId: hold.id, amount, available, held };
  },

  /** Says that a hold's call is going to its model. False if the hold has ended. */
  markSent(tx: Transaction, holdId: string): boolean {
    return ledgerStore.markSent(tx, holdId);
  },

  /** Records what the caller has been sent so far, and renews the lease. False if the hold has ended. */
  recordDelivered(tx: Transaction, holdId: string, delivered: Millitokens, leaseUntil: number): boolean {
    return ledgerStore.recordDelivered(tx, holdId, delivered, leaseUntil);
  },

  /**
   * Takes what a call used, never more than its hold, and gives the rest back. Undefined if the hold has ended before.
   */
  settle(tx: Transaction, holdId: string, charged: Millitokens): EndedHold | undefined {
    const hold = ledgerStore.endHold(tx, holdId, { state: 'settled', charged });
    return hold && endHold(tx, hold);
  },

  /** Gives a hold back whole. Undefined if it has ended before. */
  release(tx: Transaction, holdId: string): EndedHold | undefined {
    const hold = ledgerStore.endHold(tx, holdId, { state: 'released', charged: millitokens(0) });
    return hold && endHold(tx, hold);
  },

  /** Holds that no living process looks after, at most `limit` of them. */
  abandonedHolds(tx: Transaction, gone: { owner: string; onlyOwner: boolean }, limit: number): Hold[] {
    return ledgerStore.abandonedHolds(tx, gone, limit);
  },
};

export type ReserveAnswer =
  | { kind: 'reserved'; holdId: string; amount: Millitokens; available: Millitokens; held: Millitokens }
  | { kind: 'insufficient'; available: Millitokens; resetsAt: number }
  | { kind: 'tooMany' }
  | { kind: 'frozen' };

/** How a hold ended, and the rows after it. */
export interface EndedHold {
  readonly hold: Hold;
  readonly available: Millitokens;
  readonly held: Millitokens;
}

const noChange = { available: 0, held: 0, allowance: 0, used: 0 };

function moved(account: LedgerAccount | undefined): LedgerAccount {
  if (account === undefined) throw new Error('a row of the ledger would go below zero');
  return account;
}

function periodOf(anchor: number, instant: number): { start: number; end: number } {
  const { start, end } = periodAt(new Date(anchor).toISOString(), new Date(instant).toISOString());
  return { start: Date.parse(start), end: Date.parse(end) };
}

/** Expires what is left and sets the new period; a hold that is open keeps the period it was made in. */
function moveToPeriod(
  tx: Transaction,
  account: LedgerAccount,
  to: { anchor: number; start: number; end: number },
): void {
  const { accountId, periodStart, periodEnd } = account;
  expire(tx, accountId, account.available, { periodStart });
  const previous = { start: periodStart, end: periodEnd };
  if (!ledgerStore.startPeriod(tx, accountId, { ...to, previous })) throw new Error('the period changed meanwhile');
  tx.touch(accountId);
}

function expire(
  tx: Transaction,
  accountId: string,
  amount: Millitokens,
  of: { periodStart: number; hold?: Hold },
): void {
  if (amount === 0) return;
  const account = moved(ledgerStore.moveRows(tx, accountId, { ...noChange, available: 0 - amount }));
  const { available, held } = account;
  ledgerStore.insertTransfer(tx, { account, kind: 'expire', amount, available, held, ...of });
}

function whyNot(tx: Transaction, wanted: Reservation): ReserveAnswer {
  const account = ledger.read(tx, wanted.accountId);
  if (account.frozen) return { kind: 'frozen' };
  if (ledgerStore.openHolds(tx, wanted.accountId) >= wanted.openLimit) return { kind: 'tooMany' };
  return { kind: 'insufficient', available: account.available, resetsAt: account.periodEnd };
}

/**
 * Books the end of a hold: the charge counts in the hold's own period, and what is released after that period expires.
 */
function endHold(tx: Transaction, hold: Hold): EndedHold {
  const { accountId, periodStart } = hold;
  const { settle, release } = settlementOf(hold.amount, hold.charged);
  const isCurrent = ledger.read(tx, accountId).periodStart === periodStart;
  const used = isCurrent ? settle : 0;
  let account = moved(
    ledgerStore.moveRows(tx, accountId, { ...noChange, available: release, held: 0 - hold.amount, used }),
  );
  const { available, held } = account;
  if (settle > 0) {
    const before = { available: millitokens(available - release), held: millitokens(held + release) };
    ledgerStore.insertTransfer(tx, {
      account,
      kind: 'settle',
      amount: settle,
      ...before,
      periodStart,
      hold,
      key: `settle:${hold.id}`,
    });
  }
  if (release > 0) {
    ledgerStore.insertTransfer(tx, {
      account,
      kind: 'release',
      amount: release,
      available,
      held,
      periodStart,
      hold,
      key: `release:${hold.id}`,
    });
    if (!isCurrent) {
      expire(tx, accountId, release, { periodStart, hold });
      account = ledger.read(tx, accountId);
    }
  }
  tx.touch(accountId);
  return { hold, available: account.available, held: account.held };
}
