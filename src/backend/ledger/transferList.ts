import type { Reader } from '../database/database.ts';
import { tables } from '../database/tables.ts';
import { HttpRefusal } from '../http/httpRefusal.ts';
import type { Page } from '../http/pageCursor.ts';
import { inOrder, toldBy, type TransferRow } from './transferRows.ts';

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
async function readNumbers(query: Reader, accountId: string, { first, end }: Numbers): Promise<TransferRow[]> {
  const rows = await query
    .selectFrom('transfers')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('number', '>=', first)
    .where('number', '<', end)
    .execute();
  const ofAccount = query.selectFrom('calls').selectAll().where('account_id', '=', accountId);
  const reserved = await ofAccount.where('reserve_number', '>=', first).where('reserve_number', '<', end).execute();
  const found = [...rows.map((row) => tables.transfers.read(row)), ...reserved.flatMap(toldBy)].filter(isIn);
  // What ended then was mostly reserved shortly before. An index of ends would cost every call an entry more.
  let to = first;
  for (let span = USUAL_SPAN; found.length < end - first && to > 1; span *= 10) {
    const from = Math.max(1, to - span);
    const before = await endsIn(
      ofAccount.where('reserve_number', '>=', from).where('reserve_number', '<', to),
    ).execute();
    found.push(...before.flatMap(toldBy).filter(isIn));
    to = from;
  }
  if (found.length < end - first) {
    const olderHolds = await endsIn(ofAccount.where('reserve_number', 'is', null)).execute();
    found.push(...olderHolds.flatMap(toldBy).filter(isIn));
  }
  return inOrder(found);

  function isIn({ number }: TransferRow): boolean {
    return number >= first && number < end;
  }

  /** The release after a settlement has the next number. */
  function endsIn(calls: typeof ofAccount): typeof ofAccount {
    return calls.where('end_number', '>=', first - 1).where('end_number', '<', end);
  }
}

interface Numbers {
  readonly first: number;
  readonly end: number;
}

/** So many transfers lie between a call's start and its end at most, as a rule. */
const USUAL_SPAN = 1_000;

function readCursor(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) {
    throw new HttpRefusal('invalid_request', 'cursor is not one of ours.', { param: 'cursor' });
  }
  return Number(cursor);
}
