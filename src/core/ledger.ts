import { periodAt } from './billingPeriod.ts';
import { moveHold, type HoldState } from './generation.ts';
import { millitokens, type Millitokens } from './tokens.ts';

/**
 * The rules by which an account's balance moves (design, section 4), double entry: every function takes the account as
 * it stands and answers with the account as it is then, and with the transfers between. What cannot be is answered by
 * kind. Instants are milliseconds since 1970 in UTC.
 */

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

/** What the ledger knows of an account: its two rows, the period they are for, and what the next one grants. */
export interface LedgerAccount {
  /** What can be spent. */
  readonly available: Millitokens;
  /** What open holds reserve. */
  readonly held: Millitokens;
  /** All grants of this period together. */
  readonly allowance: Millitokens;
  /** All charges of this period together. */
  readonly used: Millitokens;
  readonly nextAllowance: Millitokens;
  readonly openHolds: number;
  /** How many transfers it has had; the number of the latest. */
  readonly transferCount: number;
  readonly anchor: number;
  readonly periodStart: number;
  readonly periodEnd: number;
  readonly lastEventAt: number;
  readonly frozen: boolean;
  /** What a refund brought along into the period that it went back to: 0 elsewhere. */
  readonly carriedAllowance: Millitokens;
  readonly carriedUsed: Millitokens;
  /** The number of the refund's last transfer: what came before is in the two above. */
  readonly carriedUntil: number;
}

/** What is set aside for one call, and how it ended. */
export interface Hold {
  readonly state: HoldState;
  readonly reserved: Millitokens;
  readonly charged: Millitokens;
  /** What the caller has been sent so far is worth; charged if the process that carries the call out dies. */
  readonly delivered: Millitokens;
  /** The period in which it was made, where its charge counts. */
  readonly periodStart: number;
}

/** One movement. `available` and `held` are the rows after it. */
export interface Transfer {
  /** 1 for an account's first, and so on without a gap: the order in which they happened, whatever clocks said. */
  readonly number: number;
  readonly kind: TransferKind;
  readonly amount: Millitokens;
  readonly available: Millitokens;
  readonly held: Millitokens;
  readonly at: number;
  readonly periodStart: number;
}

/** An account after its transfers, in their order. */
export interface Moved<A> {
  readonly account: A;
  readonly transfers: readonly Transfer[];
}

/** An account that nothing has happened to, its first period beginning now. */
export function newAccount(now: number, nextAllowance: Millitokens): LedgerAccount {
  const none = millitokens(0);
  const rows = { available: none, held: none, allowance: none, used: none, openHolds: 0, transferCount: 0 };
  return {
    ...rows,
    nextAllowance,
    anchor: now,
    ...periodOf(now, now),
    lastEventAt: now,
    frozen: false,
    ...nothingCarried,
  };
}

/** The instant at which things happen to an account: never before its last event, whatever the clock does. */
export function effectiveNow(account: Pick<LedgerAccount, 'lastEventAt'>, now: number): number {
  return Math.max(now, account.lastEventAt);
}

/** Adds tokens to what the running period grants. Nothing is no transfer. */
export function grant<A extends LedgerAccount>(account: A, amount: Millitokens, now: number): Moved<A> {
  const moved = move(account, 'grant', amount, now);
  return { ...moved, account: { ...moved.account, allowance: millitokens(account.allowance + amount) } };
}

/**
 * Brings an overdue account into the period of now: what is left expires, and the next allowance is granted. Periods
 * that nobody looked at get no transfers. Null while the period lasts.
 */
export function rollOver<A extends LedgerAccount>(account: A, now: number): Moved<A> | null {
  const at = effectiveNow(account, now);
  if (at < account.periodEnd) return null;
  const before = enterPeriod(account, { anchor: account.anchor, ...periodOf(account.anchor, at) }, now);
  return after(before, grant(before.account, account.nextAllowance, now));
}

/**
 * Starts a new period at this instant, as a purchase does: what is left expires, and `amount` is granted. A period is
 * known by its start, so none is empty: the new one starts a millisecond after the old at least. `anchor` is when the
 * payment's own months began, if that was a little earlier: the period ends with the first of them that isn't over.
 */
export function restart<A extends LedgerAccount>(
  account: A,
  { amount, anchor }: { amount: Millitokens; anchor?: number },
  now: number,
): Moved<A> {
  const at = Math.max(effectiveNow(account, now), account.periodStart + 1);
  const fixed = Math.min(anchor ?? at, at);
  const { periodEnd } = periodOf(fixed, at);
  const before = enterPeriod(account, { anchor: fixed, periodStart: at, periodEnd }, at);
  return after(before, grant(before.account, amount, at));
}

/** Takes back what a refund says is unused of its grant. */
export function takeBack<A extends LedgerAccount>(account: A, amount: Millitokens, now: number): Moved<A> {
  return move(account, 'take_back', amount, now);
}

/**
 * Goes back to the period that would be running anyway without a payment, counted from `anchor`, as the refund of a
 * purchase does: all but `left` is taken back, and the period shows its allowance and all that was charged since it
 * began.
 */
export function fallBack<A extends LedgerAccount>(account: A, free: FreePeriod, now: number): Moved<A> {
  // A later purchase starts a period that no other has started in.
  const at = Math.max(effectiveNow(account, now), account.periodStart + 1);
  const taken = takeBack(account, millitokens(account.available - free.left), at);
  const { allowance, charged: used } = free;
  const carried = { carriedAllowance: allowance, carriedUsed: used, carriedUntil: taken.account.transferCount };
  const period = { anchor: free.anchor, ...periodOf(free.anchor, at) };
  return { ...taken, account: { ...taken.account, ...period, ...carried, allowance, used } };
}

export interface FreePeriod {
  readonly anchor: number;
  readonly allowance: Millitokens;
  /** All charges since it began. */
  readonly charged: Millitokens;
  /** What is available in it: never more than is. */
  readonly left: Millitokens;
}

/**
 * Sets aside as much as there is, from `least` to `most`. Throws for an account whose period is over: first the
 * roll-over, then the event.
 */
export function reserve<A extends LedgerAccount>(account: A, wanted: Reservation, now: number): Reserved<A> {
  if (effectiveNow(account, now) >= account.periodEnd) throw new Error('the period of an account is over');
  if (account.frozen) return { kind: 'frozen' };
  if (account.openHolds >= wanted.openLimit) return { kind: 'tooMany' };
  if (account.available < wanted.least) {
    return { kind: 'insufficient', available: account.available, resetsAt: account.periodEnd };
  }
  const amount = millitokens(Math.min(wanted.most, account.available));
  const { account: moved, transfers } = move(account, 'reserve', amount, now);
  const hold: Hold = {
    state: 'reserved',
    reserved: amount,
    charged: millitokens(0),
    delivered: millitokens(0),
    periodStart: account.periodStart,
  };
  return { kind: 'reserved', account: { ...moved, openHolds: account.openHolds + 1 }, transfers, hold };
}

export interface Reservation {
  readonly least: Millitokens;
  readonly most: Millitokens;
  /** How many holds may be open at once. */
  readonly openLimit: number;
}

export type Reserved<A> =
  | ({ readonly kind: 'reserved'; readonly hold: Hold } & Moved<A>)
  | { readonly kind: 'insufficient'; readonly available: Millitokens; readonly resetsAt: number }
  | { readonly kind: 'tooMany' }
  | { readonly kind: 'frozen' };

/**
 * Ends a hold by its one terminal transition: `charge` is taken, never more than the hold, and the rest given back;
 * null gives all of it back. The charge counts in the hold's own period, and what comes back after that period expires.
 * Null for a hold that has ended before, or that is settled without having been sent: such an end is dropped.
 */
export function endHold<A extends LedgerAccount, H extends Hold>(
  account: A,
  hold: H,
  charge: Millitokens | null,
  now: number,
): (Moved<A> & { readonly hold: H }) | null {
  const transition = moveHold(hold.state, charge === null ? 'release' : 'settle');
  if (transition.kind !== 'moved') return null;
  const { settle, release } = settlementOf(hold.reserved, charge ?? millitokens(0));
  const isCurrent = account.periodStart === hold.periodStart;
  const settled = move(account, 'settle', settle, now, hold.periodStart);
  const released = after(settled, move(settled.account, 'release', release, now, hold.periodStart));
  const { account: moved, transfers } = isCurrent
    ? released
    : after(released, move(released.account, 'expire', release, now, hold.periodStart));
  const used = millitokens(account.used + (isCurrent ? settle : 0));
  return {
    account: { ...moved, used, openHolds: account.openHolds - 1 },
    transfers,
    hold: { ...hold, state: transition.to, charged: settle },
  };
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

/**
 * The one way in which a row changes. A row that would go below zero is a broken rule: RangeError. Nothing is no
 * transfer.
 */
export function move<A extends LedgerAccount>(
  account: A,
  kind: TransferKind,
  amount: Millitokens,
  now: number,
  periodStart = account.periodStart,
): Moved<A> {
  const at = effectiveNow(account, now);
  const { from, to } = transferKinds[kind];
  const rowAfter = (row: 'available' | 'held'): Millitokens =>
    millitokens(account[row] + (to === row ? amount : 0) - (from === row ? amount : 0));
  const available = rowAfter('available');
  const held = rowAfter('held');
  if (amount === 0) return { account: { ...account, lastEventAt: at }, transfers: [] };
  const transferCount = account.transferCount + 1;
  const transfer = { number: transferCount, kind, amount, available, held, at, periodStart };
  return { account: { ...account, available, held, transferCount, lastEventAt: at }, transfers: [transfer] };
}

function after<A>(first: Moved<A>, then: Moved<A>): Moved<A> {
  return { account: then.account, transfers: [...first.transfers, ...then.transfers] };
}

/** Expires what is left and begins the new period; a hold that is open keeps the period it was made in. */
function enterPeriod<A extends LedgerAccount>(
  account: A,
  period: Pick<LedgerAccount, 'anchor' | 'periodStart' | 'periodEnd'>,
  now: number,
): Moved<A> {
  const { account: emptied, transfers } = move(account, 'expire', account.available, now);
  const none = millitokens(0);
  return { account: { ...emptied, ...period, ...nothingCarried, allowance: none, used: none }, transfers };
}

const nothingCarried = { carriedAllowance: millitokens(0), carriedUsed: millitokens(0), carriedUntil: 0 };

function periodOf(anchor: number, instant: number): { periodStart: number; periodEnd: number } {
  const { start, end } = periodAt(new Date(anchor).toISOString(), new Date(instant).toISOString());
  return { periodStart: Date.parse(start), periodEnd: Date.parse(end) };
}
