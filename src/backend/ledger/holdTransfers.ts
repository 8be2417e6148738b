import type { Hold, Transfer } from '../../core/ledger.ts';
import { settlementOf } from '../../core/ledger.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';

/**
 * What a hold's row tells of the transfers that made and ended it, so that the busiest of all need no rows of their
 * own: their numbers and instants, and what the account had after them. All null where there are none, or where they
 * stand written down by themselves.
 */
export interface HoldTransfers extends MadeBy, EndedBy {}

interface MadeBy {
  readonly reserveNumber: number | null;
  readonly reserveAt: number | null;
  readonly reserveAvailable: Millitokens | null;
  readonly reserveHeld: Millitokens | null;
}

interface EndedBy {
  /** The number of the settlement, and of the release if nothing was charged; else the release has the next. */
  readonly endNumber: number | null;
  readonly endAvailable: Millitokens | null;
  readonly endHeld: Millitokens | null;
}

/** What a new hold's row tells of the transfer that made it; a hold of nothing has none. */
export function madeBy(transfer: Transfer | undefined): HoldTransfers {
  return {
    reserveNumber: transfer?.number ?? null,
    reserveAt: transfer?.at ?? null,
    reserveAvailable: transfer?.available ?? null,
    reserveHeld: transfer?.held ?? null,
    ...{ endNumber: null, endAvailable: null, endHeld: null },
  };
}

/** What an ended hold's row tells of its settlement and release, in their order. */
export function endedBy(transfers: readonly Transfer[]): EndedBy {
  const last = transfers.at(-1);
  return {
    endNumber: transfers[0]?.number ?? null,
    endAvailable: last?.available ?? null,
    endHeld: last?.held ?? null,
  };
}

/** The transfers that a hold's row tells of, in their order. */
export function transfersOf(hold: RecordedHold): Transfer[] {
  const { periodStart } = hold;
  const transfers: Transfer[] = [];
  const { reserveNumber, reserveAt, reserveAvailable, reserveHeld } = hold;
  if (reserveNumber !== null && reserveAt !== null && reserveAvailable !== null && reserveHeld !== null) {
    const rows = { available: reserveAvailable, held: reserveHeld };
    transfers.push({
      number: reserveNumber,
      kind: 'reserve',
      amount: hold.reserved,
      ...rows,
      at: reserveAt,
      periodStart,
    });
  }
  const { endNumber, endedAt: at, endAvailable, endHeld } = hold;
  if (endNumber === null || at === null || endAvailable === null || endHeld === null) return transfers;
  const { settle, release } = settlementOf(hold.reserved, hold.charged);
  if (settle > 0) {
    // Before the rest went back.
    const rows = { available: millitokens(endAvailable - release), held: millitokens(endHeld + release) };
    transfers.push({ number: endNumber, kind: 'settle', amount: settle, ...rows, at, periodStart });
  }
  if (release > 0) {
    const number = settle > 0 ? endNumber + 1 : endNumber;
    const rows = { available: endAvailable, held: endHeld };
    transfers.push({ number, kind: 'release', amount: release, ...rows, at, periodStart });
  }
  return transfers;
}

type RecordedHold = HoldTransfers &
  Pick<Hold, 'reserved' | 'charged' | 'periodStart'> & { readonly endedAt: number | null };
