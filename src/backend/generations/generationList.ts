import type { Selectable } from 'kysely';
import { generationState } from '../../core/generation.ts';
import type { Reader } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import { HttpRefusal } from '../http/httpRefusal.ts';
import type { Page } from '../http/pageCursor.ts';

/** An account's generations with their calls, the newest first. */
export async function listGenerations(query: Reader, accountId: string, page: Page) {
  const after = page.cursor === null ? null : readCursor(page.cursor);
  const rows = await query
    .selectFrom('calls')
    .selectAll()
    .where('account_id', '=', accountId)
    .whereRef('generation_id', '=', 'id')
    .$if(after !== null, (select) =>
      select.where((where) =>
        where.or([
          where('created_at', '<', after?.at ?? 0),
          where.and([where('created_at', '=', after?.at ?? 0), where('id', '<', after?.id ?? '')]),
        ]),
      ),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    generations: await withCalls(query, accountId, shown),
    next: rows.length > page.limit && last !== undefined ? `${last.created_at}.${last.id}` : null,
  };
}

/** One generation with its calls; null if the account has none of this id. */
export async function readGeneration(query: Reader, accountId: string, id: string) {
  const row = await query
    .selectFrom('calls')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .whereRef('generation_id', '=', 'id')
    .executeTakeFirst();
  return row === undefined ? null : ((await withCalls(query, accountId, [row]))[0] ?? null);
}

type CallRow = Selectable<Tables['calls']>;

function readCursor(cursor: string): { at: number; id: string } {
  const match = /^(\d{1,15})\.(.+)$/.exec(cursor);
  if (match?.[2] === undefined)
    throw new HttpRefusal('invalid_request', 'cursor is not one of ours.', { param: 'cursor' });
  return { at: Number(match[1]), id: match[2] };
}

async function withCalls(query: Reader, accountId: string, firsts: readonly CallRow[]) {
  if (firsts.length === 0) return [];
  const continuing = await query
    .selectFrom('calls')
    .selectAll()
    .where('account_id', '=', accountId)
    .where(
      'generation_id',
      'in',
      firsts.map(({ id }) => id),
    )
    .whereRef('generation_id', '<>', 'id')
    .orderBy('created_at')
    .orderBy('hold_id')
    .execute();
  return firsts.map((first) => {
    const calls = [first, ...continuing.filter((call) => call.generation_id === first.id)];
    const charged = calls.filter(({ state }) => state === 'settled');
    return {
      id: first.id,
      state: generationState({ open: first.open_calls, settled: first.settled_calls }),
      createdAt: new Date(first.created_at).toISOString(),
      model: first.model,
      project: first.project,
      session: first.session,
      charged: first.total_charged,
      parts: {
        message: sum(charged.map((call) => call.message_part)),
        prompt: sum(charged.map((call) => call.prompt_part)),
        context: sum(charged.map((call) => call.context_part)),
        response: sum(charged.map((call) => call.response_part)),
      },
      calls: calls.map(callBody),
    };
  });
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, each) => total + each, 0);
}

function callBody(call: CallRow) {
  return {
    id: call.id,
    state: call.state,
    charged: call.charged,
    hold: call.reserved,
    promptTokens: call.prompt_tokens,
    contextTokens: call.context_tokens,
    cachedTokens: call.cached_tokens,
    responseTokens: call.response_tokens,
    counted: call.counted === 1,
    recovered: call.recovered === 1,
  };
}
