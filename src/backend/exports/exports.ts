import { entitlementsOf } from '../../core/entitlements.ts';
import type { RowKey, Work } from '../database/workingSet.ts';
import { payments } from '../payments/payments.ts';
import { subscriptions } from '../subscriptions/subscriptions.ts';

/** Exports of code: paid plans may, and when it was done last is noted, since a refund depends on it. */
export const exports = {
  /** The rows that everything here needs. */
  needs(accountId: string): RowKey[] {
    return subscriptions.needs(accountId);
  },

  /** Notes that code is exported. False if the plan doesn't have it. */
  note(work: Work, accountId: string): boolean {
    subscriptions.bringUpToDate(work, accountId, payments.renew);
    const subscription = work.subscriptions.find(accountId);
    if (!entitlementsOf(subscriptions.planNow(work, accountId)).codeExport || subscription === undefined) return false;
    work.subscriptions.put({ ...subscription, exportedAt: work.now });
    return true;
  },
};
