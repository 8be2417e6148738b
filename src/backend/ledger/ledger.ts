import * as rules from '../../core/ledger.ts';
import type { Millitokens } from '../../core/tokens.ts';
import type { Row } from '../database/tables.ts';
import type { RowKey, Work } from '../database/workingSet.ts';
import { endedBy, madeBy, transfersOf, type HoldTransfers } from './holdTransfers.ts';
import { transferRow, type Why } from './transferRows.ts';

/**
 * The ledger: every change of a balance, by the rules of `core/ledger.ts`, each transfer written down beside the rows
 * that it moves. All functions take the unit of work of whoever owns the request; what cannot be is answered by kind,
 * and a broken invariant throws, so that the command is undone.
 */
export const ledger = {
  /** The rows that everything here needs. */
  needs(accountId: string): RowKey[] {
    return [['ledgerAccounts', accountId]];
  },

  /** Opens an account's rows, its first period starting now. False if it has them already. */
  open(work: Work, account: { accountId: string; allowance: Millitokens }): boolean {
    const { accountId, allowance } = account;
    if (work.ledgerAccounts.find(accountId) !== undefined) return false;
    const opened = { accountId, ...rules.newAccount(work.now, allowance) };
    book(work, rules.grant(opened, allowance, work.now), { key: `period:${accountId}:${opened.periodStart}` });
    return true;
  },

  /** The account's rows. Throws if there is no such account. */
  read(work: Work, accountId: string): LedgerRow {
    const account = work.ledgerAccounts.find(accountId);
    if (account === undefined) throw new Error('no such account in the ledger');
    return account;
  },

  /** The instant at which things happen to an account now, in milliseconds: never before its last event. */
  now(work: Work, accountId: string): number {
    return rules.effectiveNow(ledger.read(work, accountId), work.now);
  },

  /** Brings an overdue account into the period of now. Answers whether it did. */
  rollOver(work: Work, accountId: string): boolean {
    const moved = rules.rollOver(ledger.read(work, accountId), work.now);
    if (moved === null) return false;
    book(work, moved, { key: `period:${accountId}:${moved.account.periodStart}` });
    return true;
  },

  /** Starts a new period at this instant, as a purchase does: what is left of the old one expires. */
  restart(
    work: Work,
    accountId: string,
    granted: { amount: Millitokens; anchor?: number; key: string; reason: string },
  ): void {
    book(work, rules.restart(ledger.read(work, accountId), granted, work.now), granted);
  },

  /** Takes back what a refund says is unused of its grant. */
  takeBack(work: Work, accountId: string, amount: Millitokens): void {
    book(work, rules.takeBack(ledger.read(work, accountId), amount, work.now), {});
  },

  /** Goes back to the free period that would be running anyway, as the refund of a purchase does. */
  fallBack(work: Work, accountId: string, free: rules.FreePeriod): void {
    book(work, rules.fallBack(ledger.read(work, accountId), free, work.now), {});
  },

  /** Puts an account on hold, or takes it off: while it is, no tokens are set aside. */
  setFrozen(work: Work, accountId: string, frozen: boolean): void {
    work.ledgerAccounts.put({ ...ledger.read(work, accountId), frozen });
    work.touch(accountId);
  },

  /** Adds tokens to what the period grants. A key that was used before fails the command. */
  grant(work: Work, granted: { accountId: string; amount: Millitokens; key: string; reason?: string }): void {
    book(work, rules.grant(ledger.read(work, granted.accountId), granted.amount, work.now), granted);
  },

  /** What the next roll-over grants. */
  setNextAllowance(work: Work, accountId: string, nextAllowance: Millitokens): void {
    work.ledgerAccounts.put({ ...ledger.read(work, accountId), nextAllowance });
    work.touch(accountId);
  },

  /** Sets tokens aside for a call: as much as there is, from `least` to `most`. The account must be in its period. */
  reserve(
    work: Work,
    accountId: string,
    wanted: rules.Reservation & Pick<HoldRow, 'holdId' | 'generationId' | 'owner' | 'leaseUntil'>,
  ): ReserveAnswer {
    const reserved = rules.reserve(ledger.read(work, accountId), wanted, work.now);
    if (reserved.kind !== 'reserved') return reserved;
    const { holdId, generationId, owner, leaseUntil } = wanted;
    const name = { holdId, generationId, owner, leaseUntil };
    const hold = { ...reserved.hold, ...name, endedAt: null, ...madeBy(reserved.transfers[0]) };
    book(work, { account: reserved.account, transfers: [] }, {});
    return { kind: 'reserved', hold };
  },

  /**
   * Ends a hold: `charge` is taken, null gives all of it back. Null for a hold that has ended before, or was never
   * sent: that end is dropped.
   */
  end<H extends HoldRow>(
    work: Work,
    accountId: string,
    hold: H,
    charge: Millitokens | null,
  ): { hold: H; account: LedgerRow } | null {
    const ended = rules.endHold(ledger.read(work, accountId), hold, charge, work.now);
    if (ended === null) return null;
    const { account, transfers } = ended;
    // What then expires is no part of the hold's own end.
    const own = transfers.filter(({ kind }) => kind !== 'expire');
    book(work, { account, transfers: transfers.slice(own.length) }, { hold });
    return { hold: { ...ended.hold, endedAt: account.lastEventAt, ...endedBy(own) }, account };
  },

  /** Writes down what a hold's row tells of its transfers, before the row is taken for another hold. */
  writeDown(work: Work, accountId: string, hold: HoldRow): void {
    for (const transfer of transfersOf(hold)) work.transfers.add(transferRow(accountId, transfer, { hold }));
  },
};

export type LedgerRow = Row<'ledgerAccounts'>;

/** A hold with who looks after it, as it stands in its call's row. */
export interface HoldRow extends rules.Hold, HoldTransfers {
  readonly holdId: string;
  readonly generationId: string;
  readonly owner: string;
  readonly leaseUntil: number;
  readonly endedAt: number | null;
}

export type ReserveAnswer =
  { kind: 'reserved'; hold: HoldRow } | Exclude<rules.Reserved<LedgerRow>, { kind: 'reserved' }>;

/** Writes down an account's transfers and the rows after them. */
function book(work: Work, { account, transfers }: rules.Moved<LedgerRow>, why: Why): void {
  for (const transfer of transfers) work.transfers.add(transferRow(account.accountId, transfer, why));
  work.ledgerAccounts.put(account);
  work.touch(account.accountId);
}
