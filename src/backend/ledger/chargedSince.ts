import type { Reader } from '../database/database.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';

/**
 * All charges of an account from one of its transfers on, by its `number`, or from an instant on, in milliseconds:
 * whatever their period.
 */
export async function chargedSince(
  query: Reader,
  accountId: string,
  { column, from }: { readonly column: 'number' | 'at'; readonly from: number },
): Promise<Millitokens> {
  const writtenDown = await query
    .selectFrom('transfers')
    .select(({ fn }) => fn.sum<number | string | null>('amount').as('sum'))
    .where('account_id', '=', accountId)
    .where('kind', '=', 'settle')
    .where(column, '>=', from)
    .executeTakeFirstOrThrow();
  const inCalls = await query
    .selectFrom('calls')
    .select(({ fn }) => fn.sum<number | string | null>('charged').as('sum'))
    .where('account_id', '=', accountId)
    .where('end_number', 'is not', null)
    .where(column === 'number' ? 'end_number' : 'ended_at', '>=', from)
    .executeTakeFirstOrThrow();
  return millitokens(Number(writtenDown.sum ?? 0) + Number(inCalls.sum ?? 0));
}
