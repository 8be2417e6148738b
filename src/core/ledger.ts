import { millitokens, type Millitokens } from './tokens.ts';

/** The two rows of an account. What they hold together is the balance. */
export interface LedgerRows {
  /** What can be spent. */
  readonly available: Millitokens;
  /** What open holds reserve. */
  readonly held: Millitokens;
}

export type TransferKind = 'grant' | 'reserve' | 'settle' | 'release' | 'expire' | 'take_back';

/** Accounts between which transfers move amounts: the customer's two rows, and the system's three sums. */
export type LedgerSide = 'available' | 'held' | 'issued' | 'consumed' | 'expired';

/** Every kind of transfer and the sides it moves from and to: all that can happen to a balance (design, section 4). */
export const transferKinds: Readonly<Record<TransferKind, { readonly from: LedgerSide; readonly to: LedgerSide }>> = {
  /** A plan's or an operator's tokens arrive. */
  grant: { from: 'issued', to: 'available' },
  /** A call sets aside the dearest that it can cost. */
  reserve: { from: 'available', to: 'held' },
  /** What a call used is taken from its hold. */
  settle: { from: 'held', to: 'consumed' },
  /** The rest of a hold goes back. */
  release: { from: 'held', to: 'available' },
  /** The end of a period, or what a hold of an ended period gives back. */
  expire: { from: 'available', to: 'expired' },
  /** A refund takes back what is unused of its grant. */
  take_back: { from: 'available', to: 'issued' },
};

/** Rows of an account that nothing has happened to. */
export const emptyRows: LedgerRows = { available: millitokens(0), held: millitokens(0) };

/** A transfer would bring a row below zero, so it does not happen. */
export interface LedgerRefusal {
  readonly kind: 'refusal';
  readonly row: 'available' | 'held';
  readonly missing: Millitokens;
}

/**
 * The rows after a transfer, or a refusal if it asks for more than its row has. RangeError unless the amount is one.
 */
export function applyTransfer(
  rows: LedgerRows,
  transfer: { readonly kind: TransferKind; readonly amount: Millitokens },
): { readonly kind: 'applied'; readonly rows: LedgerRows } | LedgerRefusal {
  const amount = millitokens(transfer.amount);
  const { from, to } = transferKinds[transfer.kind];
  if ((from === 'available' || from === 'held') && rows[from] < amount) {
    return { kind: 'refusal', row: from, missing: millitokens(amount - rows[from]) };
  }
  const moved = (row: 'available' | 'held'): Millitokens =>
    millitokens(rows[row] + (to === row ? amount : 0) - (from === row ? amount : 0));
  return { kind: 'applied', rows: { available: moved('available'), held: moved('held') } };
}

/**
 * How a hold ends: what is taken and what goes back, which add up to the hold. A charge above its hold takes the hold:
 * a balance never pays more than was set aside.
 */
export function settlementOf(hold: Millitokens, charged: Millitokens): { settle: Millitokens; release: Millitokens } {
  const settle = millitokens(Math.min(hold, charged));
  return { settle, release: millitokens(hold - settle) };
}

/** What the transfers add up to on each side; `available` and `held` are what the rows must be. */
export function sidesOf(
  transfers: Iterable<{ readonly kind: TransferKind; readonly amount: number }>,
): Record<LedgerSide, number> {
  const sides = { available: 0, held: 0, issued: 0, consumed: 0, expired: 0 };
  for (const { kind, amount } of transfers) {
    sides[transferKinds[kind].from] -= amount;
    sides[transferKinds[kind].to] += amount;
  }
  sides.issued = 0 - sides.issued;
  return sides;
}

/** A transfer as a store gives it back, the oldest first. `available` and `held` are the rows after it. */
export interface RecordedTransfer {
  readonly id: string;
  readonly kind: TransferKind;
  readonly amount: number;
  readonly available: number;
  readonly held: number;
  /** The hold that is reserved, settled or released; null for the other kinds. */
  readonly hold: string | null;
  /** What makes it happen once, such as `period:<account>:<start>` or `invoice:<id>`; null where a hold does that. */
  readonly key: string | null;
}

export type LedgerInvariant =
  | 'amount_is_whole'
  | 'available_never_negative'
  | 'held_never_negative'
  | 'transfer_records_its_rows'
  | 'rows_are_sums_of_transfers'
  | 'held_is_sum_of_open_holds'
  | 'hold_reserved_once'
  | 'hold_ends_after_its_reserve'
  | 'hold_ends_once'
  | 'hold_never_exceeded'
  | 'hold_ends_whole'
  | 'key_used_once'
  | 'id_used_once';

export interface BrokenInvariant {
  readonly invariant: LedgerInvariant;
  /** The transfer, hold or row at which it broke. */
  readonly at: string;
}

/**
 * Proves one account from its transfers: every amount whole, no row ever below zero, every recorded row and the rows
 * themselves the sums of transfers, each hold reserved once and ended once and never above its amount, keys and ids
 * used once. An empty list is the proof; `admin ledger verify` runs it on every account.
 */
export function checkAccount(
  rows: { readonly available: number; readonly held: number },
  transfers: readonly RecordedTransfer[],
): readonly BrokenInvariant[] {
  const broken: BrokenInvariant[] = [];
  const report = (invariant: LedgerInvariant, at: string): number => broken.push({ invariant, at });
  checkRunningRows(transfers, report);
  checkOnce(transfers, report);
  const sides = sidesOf(transfers);
  if (sides.available !== rows.available) report('rows_are_sums_of_transfers', 'available');
  if (sides.held !== rows.held) report('rows_are_sums_of_transfers', 'held');
  if (openAmount(checkHolds(transfers, report)) !== rows.held) report('held_is_sum_of_open_holds', 'held');
  return broken;
}

type Report = (invariant: LedgerInvariant, at: string) => void;

function checkRunningRows(transfers: readonly RecordedTransfer[], report: Report): void {
  const rows = { available: 0, held: 0 };
  for (const { id, kind, amount, available, held } of transfers) {
    const { from, to } = transferKinds[kind];
    if (!Number.isSafeInteger(amount) || amount < 0) report('amount_is_whole', id);
    if (from === 'available' || from === 'held') rows[from] -= amount;
    if (to === 'available' || to === 'held') rows[to] += amount;
    if (rows.available < 0) report('available_never_negative', id);
    if (rows.held < 0) report('held_never_negative', id);
    if (available !== rows.available || held !== rows.held) report('transfer_records_its_rows', id);
  }
}

function checkOnce(transfers: readonly RecordedTransfer[], report: Report): void {
  const ids = new Set<string>();
  const keys = new Set<string>();
  for (const { id, key } of transfers) {
    if (ids.has(id)) report('id_used_once', id);
    if (key !== null && keys.has(key)) report('key_used_once', id);
    ids.add(id);
    if (key !== null) keys.add(key);
  }
}

interface HoldRecord {
  readonly amount: number;
  settled: number | null;
  released: number | null;
}

/** A released hold may be reserved again: that is how a released call is tried again under its key. */
function checkHolds(transfers: readonly RecordedTransfer[], report: Report): ReadonlyMap<string, HoldRecord> {
  const holds = new Map<string, HoldRecord>();
  for (const transfer of transfers) {
    if (transfer.kind === 'reserve') {
      const earlier = transfer.hold === null ? undefined : holds.get(transfer.hold);
      const free = earlier === undefined || (earlier.settled === null && earlier.released === earlier.amount);
      if (transfer.hold === null || !free) report('hold_reserved_once', transfer.id);
      if (transfer.hold !== null) holds.set(transfer.hold, { amount: transfer.amount, settled: null, released: null });
    }
    if (transfer.kind === 'settle' || transfer.kind === 'release') checkEnding(holds, transfer, transfer.kind, report);
  }
  for (const [id, hold] of holds) {
    const ended = hold.settled !== null || hold.released !== null;
    if (ended && taken(hold) < hold.amount) report('hold_ends_whole', id);
  }
  return holds;
}

function checkEnding(
  holds: ReadonlyMap<string, HoldRecord>,
  transfer: RecordedTransfer,
  kind: 'settle' | 'release',
  report: Report,
): void {
  const hold = transfer.hold === null ? undefined : holds.get(transfer.hold);
  if (hold === undefined) return report('hold_ends_after_its_reserve', transfer.id);
  const part = kind === 'settle' ? 'settled' : 'released';
  // A hold ends at one instant: at most one settle and one release, which add up to it.
  if (hold[part] !== null) report('hold_ends_once', transfer.id);
  hold[part] = (hold[part] ?? 0) + transfer.amount;
  if (taken(hold) > hold.amount) report('hold_never_exceeded', transfer.id);
}

function taken(hold: HoldRecord): number {
  return (hold.settled ?? 0) + (hold.released ?? 0);
}

function openAmount(holds: ReadonlyMap<string, HoldRecord>): number {
  let sum = 0;
  for (const hold of holds.values()) if (hold.settled === null && hold.released === null) sum += hold.amount;
  return sum;
}
