import type { ReceiptSample } from '../../core/estimate.ts';
import { receiptReads, type CountedCall } from '../../core/receiptReads.ts';
import type { RequestKind } from '../../core/requestKind.ts';
import type { Reader } from '../database/database.ts';

/** What an account's latest generations of a kind and model teach about the next one, the newest first. */
export async function readReceipts(
  query: Reader,
  accountId: string,
  of: { kind: RequestKind; model: string },
): Promise<ReceiptSample[]> {
  const recent = await query
    .selectFrom('calls')
    .select(['id', 'kind', 'model', 'total_charged as charged', 'open_calls', 'settled_calls'])
    .where('account_id', '=', accountId)
    .whereRef('generation_id', '=', 'id')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(LOOKED_BACK)
    .execute();
  const ofSame = recent.filter(({ kind, model }) => kind === of.kind && model === of.model);
  const taught = ofSame.filter((each) => each.open_calls === 0 && each.settled_calls > 0);
  const calls = await readCalls(query, accountId, taught.map(({ id }) => id).slice(0, MOST_RECEIPTS));
  return taught.flatMap(({ id, charged }) => {
    const own = calls.filter((call) => call.generation_id === id);
    return own.length === 0 || own.some(({ recovered }) => recovered === 1) ? [] : [{ ...of, charged, ...sumOf(own) }];
  });
}

/** A few months of a person's messages; beyond, code and models were others. */
const LOOKED_BACK = 400;
/** As many of a kind as an estimate looks at. */
const MOST_RECEIPTS = 40;

async function readCalls(query: Reader, accountId: string, generationIds: readonly string[]) {
  if (generationIds.length === 0) return [];
  const rows = await query
    .selectFrom('calls')
    .select(['generation_id', 'recovered', 'prompt_tokens', 'context_tokens', 'cached_tokens', 'response_tokens'])
    .where('account_id', '=', accountId)
    .where((where) =>
      where.or([
        where('id', 'in', generationIds),
        where.and([where('generation_id', 'in', generationIds), where('generation_id', '<>', where.ref('id'))]),
      ]),
    )
    .where('state', '=', 'settled')
    .orderBy('created_at')
    .orderBy('hold_id')
    .execute();
  return rows.map((row) => ({
    ...{ generation_id: row.generation_id, recovered: row.recovered },
    ...{ promptTokens: row.prompt_tokens, contextTokens: row.context_tokens },
    ...{ cachedTokens: row.cached_tokens, responseTokens: row.response_tokens },
  }));
}

function sumOf(calls: readonly CountedCall[]): Pick<ReceiptSample, 'responseTokens' | 'readTokens' | 'calls'> {
  const responseTokens = calls.reduce((sum, call) => sum + call.responseTokens, 0);
  return { responseTokens, readTokens: receiptReads(calls), calls: calls.length };
}
