import type { BalanceWarning } from '../../core/warning.ts';
import type { RowKey, Work } from '../database/workingSet.ts';

/** Warnings of a balance that runs low: each is told to a person once per threshold and period (design, section 4). */
export const warnings = {
  /** The row that everything here needs. */
  needs(warning: AccountWarning): RowKey[] {
    return [['warnings', idOf(warning)]];
  },

  /**
   * Notes that a warning is being told. True for the first who asks, of all processes, windows and restarts: that one
   * tells it.
   */
  tell(work: Work, warning: AccountWarning): boolean {
    const id = idOf(warning);
    if (work.warnings.find(id) !== undefined) return false;
    work.warnings.put({ ...warning, id, toldAt: work.now });
    return true;
  },
};

export interface AccountWarning {
  readonly accountId: string;
  /** In milliseconds since 1970. */
  readonly periodStart: number;
  readonly threshold: BalanceWarning;
}

/** UNIQUE, as it is what can happen once only. */
function idOf({ accountId, periodStart, threshold }: AccountWarning): string {
  return `${accountId}:${periodStart}:${threshold}`;
}
