import type { AccountBody } from '../../protocol/api.ts';
import { shownBalance } from '../../core/shownBalance.ts';
import type { Millitokens } from '../../core/tokens.ts';
import type { ConnectionState } from '../backend/backendConnection.ts';
import type { Spend } from './liveSpend.ts';

/** Everything that the meter shows, at one moment. */
export interface Balance {
  readonly connection: ConnectionState;
  readonly account: AccountBody | null;
  readonly spend: Spend | null;
  /** Settled charges of the person's own day; null while unknown. */
  readonly today: Millitokens | null;
  /** That day, as `2026-11-22`. */
  readonly day: string;
  readonly saved: Millitokens;
  readonly now: string;
}

/** Whole percent of the allowance that is left, rounded down; 0 when there is no allowance. */
export function percentLeft(account: AccountBody, spend: Spend | null): number {
  const { allowance } = account.balance;
  return allowance === 0 ? 0 : Math.floor((shownBalance(account.balance, spend) * 100) / allowance);
}
