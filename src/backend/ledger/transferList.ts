import type { Reader } from '../database/database.ts';
import { HttpRefusal } from '../http/httpRefusal.ts';
import type { Page } from '../http/pageCursor.ts';

/** An account's transfers, the newest first; the cursor is the last one's number. */
export async function listTransfers(query: Reader, accountId: string, page: Page) {
  const rows = await query
    .selectFrom('transfers')
    .selectAll()
    .where('account_id', '=', accountId)
    .$if(page.cursor !== null, (select) => select.where('number', '<', readCursor(page.cursor ?? '')))
    .orderBy('number', 'desc')
    .limit(page.limit + 1)
    .execute();
  const shown = rows.slice(0, page.limit);
  return {
    transfers: shown.map((row) => ({
      id: String(row.number),
      at: new Date(row.at).toISOString(),
      kind: row.kind,
      amount: row.amount,
      available: row.available,
      held: row.held,
      ...(row.generation_id === null ? {} : { generation: row.generation_id }),
      ...(row.reason === null ? {} : { reason: row.reason }),
    })),
    next: rows.length > page.limit ? String(shown.at(-1)?.number) : null,
  };
}

function readCursor(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) {
    throw new HttpRefusal('invalid_request', 'cursor is not one of ours.', { param: 'cursor' });
  }
  return Number(cursor);
}
