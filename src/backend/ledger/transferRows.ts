import type { Transfer } from '../../core/ledger.ts';
import { tables, type Row, type Tables } from '../database/tables.ts';
import { transfersOf } from './holdTransfers.ts';

export type TransferRow = Row<'transfers'>;

/** Why a transfer is made. A key and a reason belong to grants. */
export interface Why {
  readonly key?: string;
  readonly reason?: string;
  readonly hold?: { readonly holdId: string; readonly generationId: string };
}

/** A transfer as it is written down. */
export function transferRow(accountId: string, transfer: Transfer, { key, reason, hold }: Why): TransferRow {
  const isGrant = transfer.kind === 'grant';
  return {
    ...transfer,
    accountId,
    holdId: hold?.holdId ?? null,
    generationId: hold?.generationId ?? null,
    reason: (isGrant ? reason : null) ?? null,
    key: (isGrant ? key : null) ?? null,
  };
}

/** The transfers that a call's row, as stored, tells of. Throws for a row of which none can be made. */
export function toldBy(stored: Tables['calls']): TransferRow[] {
  const hold = tables.calls.read(stored);
  return transfersOf(hold).map((transfer) => transferRow(hold.accountId, transfer, { hold }));
}

/** An account's transfers, whichever rows tell of them, in their order. */
export function inOrder(transfers: readonly TransferRow[]): TransferRow[] {
  return transfers.toSorted((one, other) => one.number - other.number);
}
