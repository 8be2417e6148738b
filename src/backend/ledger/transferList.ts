import type { Reader } from '../database/database.ts';
import { tables } from '../database/tables.ts';
import { HttpRefusal } from '../http/httpRefusal.ts';
import type { Page } from '../http/pageCursor.ts';
import { inOrder, toldBy } from './transferRows.ts';

/** An account's transfers, the newest first; the cursor is the last one's number. */
export function listTransfers(query: Reader, accountId: string, { cursor, limit }: Page) {
  const before = cursor === null ? Infinity : readCursor(cursor);
  return query
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (reader) => {
      const end = Math.min(before, (await transferCount(reader, accountId)) + 1);
      // Their numbers count without a gap.
      const first = Math.max(1, end - limit);
      const shown = await readNumbers(reader, accountId, { first, end });
      return {
        transfers: shown.reverse().map((transfer) => ({
          id: String(transfer.number),
          at: new Date(transfer.at).toISOString(),
          kind: transfer.kind,
          amount: transfer.amount,
          available: transfer.available,
          held: transfer.held,
          ...(transfer.generationId === null ? {} : { generation: transfer.generationId }),
          ...(transfer.reason === null ? {} : { reason: transfer.reason }),
        })),
        next: first > 1 ? String(first) : null,
      };
    });
}

async function transferCount(query: Reader, accountId: string): Promise<number> {
  const account = await query
    .selectFrom('ledger_accounts')
    .select('transfer_count')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return account?.transfer_count ?? 0;
}

/** The transfers with the numbers from `first` to before `end`. */
async function readNumbers(query: Reader, accountId: string, { first, end }: { first: number; end: number }) {
  const rows = await query
    .selectFrom('transfers')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('number', '>=', first)
    .where('number', '<', end)
    .execute();
  const reserved = await query
    .selectFrom('calls')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('reserve_number', '>=', first)
    .where('reserve_number', '<', end)
    .execute();
  const ended = await query
    .selectFrom('calls')
    .selectAll()
    .where('account_id', '=', accountId)
    // The release after a settlement has the next number.
    .where('end_number', '>=', first - 1)
    .where('end_number', '<', end)
    .execute();
  const calls = new Map([...reserved, ...ended].map((call) => [call.id, call]));
  const transfers = [...rows.map((row) => tables.transfers.read(row)), ...[...calls.values()].flatMap(toldBy)];
  return inOrder(transfers).filter(({ number }) => number >= first && number < end);
}

function readCursor(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) {
    throw new HttpRefusal('invalid_request', 'cursor is not one of ours.', { param: 'cursor' });
  }
  return Number(cursor);
}
