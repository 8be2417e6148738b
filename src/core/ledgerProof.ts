import { sidesOf, transferKinds, type TransferKind } from './ledger.ts';

/**
 * Proves one account from its transfers: every amount whole, no row ever below zero, every recorded row and the rows
 * themselves the sums of transfers, each hold reserved once and ended once and never above its amount, keys used
 * once, numbers without a gap. An empty list is the proof; `admin ledger verify` runs it on every account.
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

/** A transfer as a store gives it back, the oldest first. `available` and `held` are the rows after it. */
export interface RecordedTransfer {
  /** Counts from 1 without a gap. */
  readonly number: number;
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
  | 'numbers_count_up';

export interface BrokenInvariant {
  readonly invariant: LedgerInvariant;
  /** The transfer's number, hold or row at which it broke. */
  readonly at: string;
}

type Report = (invariant: LedgerInvariant, at: string) => void;

function checkRunningRows(transfers: readonly RecordedTransfer[], report: Report): void {
  const rows = { available: 0, held: 0 };
  for (const { number, kind, amount, available, held } of transfers) {
    const id = String(number);
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
  const keys = new Set<string>();
  for (const [index, { number, key }] of transfers.entries()) {
    if (number !== index + 1) report('numbers_count_up', String(number));
    if (key !== null && keys.has(key)) report('key_used_once', String(number));
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
      if (transfer.hold === null || !free) report('hold_reserved_once', String(transfer.number));
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
  if (hold === undefined) return report('hold_ends_after_its_reserve', String(transfer.number));
  const part = kind === 'settle' ? 'settled' : 'released';
  // A hold ends at one instant: at most one settle and one release, which add up to it.
  if (hold[part] !== null) report('hold_ends_once', String(transfer.number));
  hold[part] = (hold[part] ?? 0) + transfer.amount;
  if (taken(hold) > hold.amount) report('hold_never_exceeded', String(transfer.number));
}

function taken(hold: HoldRecord): number {
  return (hold.settled ?? 0) + (hold.released ?? 0);
}

function openAmount(holds: ReadonlyMap<string, HoldRecord>): number {
  let sum = 0;
  for (const hold of holds.values()) if (hold.settled === null && hold.released === null) sum += hold.amount;
  return sum;
}
