import type { Reader } from '../database/database.ts';
import type { Page } from '../http/pageCursor.ts';

/** An account's transfers, the newest first; the cursor is the last one's id. */
export async function listTransfers(query: Reader, accountId: string, page: Page) {
  const rows = await query
    .selectFrom('transfers')
    .selectAll()
    .where('account_id', '=', accountId)
    .$if(page.cursor !== null, (select) => select.where('id', '<', page.cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const shown = rows.slice(0, page.limit);
  return {
    transfers: shown.map((row) => ({
      id: row.id,
      at: new Date(row.at).toISOString(),
      kind: row.kind,
      amount: row.amount,
      available: row.available,
      held: row.held,
      ...(row.generation_id === null ? {} : { generation: row.generation_id }),
      ...(row.reason === null ? {} : { reason: row.reason }),
    })),
    next: rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null,
  };
}
