import { checkAccount } from '../../core/ledger.ts';
import { isMillitokens } from '../../core/tokens.ts';
import type { Reader } from '../database/database.ts';

/** What `ledger verify` found: how much was looked at, and every invariant that does not hold, in words. */
export interface LedgerReport {
  readonly ok: boolean;
  readonly accounts: number;
  readonly transfers: number;
  readonly broken: readonly string[];
}

/**
 * Proves the ledger: rows are the sums of their transfers, each transfer's rows follow from those before it, open holds
 * add up to what is held, and every charge is booked once.
 */
export async function verifyLedger(query: Reader): Promise<LedgerReport> {
  const accounts = await query.selectFrom('ledger_accounts').selectAll().execute();
  const broken: string[] = [];
  let transfers = 0;
  for (const account of accounts) {
    const found = await verifyAccount(query, account.account_id);
    transfers += found.transfers;
    broken.push(...found.broken.map((what) => `${account.account_id}: ${what}`));
  }
  return { ok: broken.length === 0, accounts: accounts.length, transfers, broken };
}

async function verifyAccount(query: Reader, accountId: string): Promise<{ transfers: number; broken: string[] }> {
  const row = await query
    .selectFrom('ledger_accounts')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  const transfers = await query
    .selectFrom('transfers')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute();
  const records = transfers.map((each) => ({ ...each, hold: endsHold(each.kind) ? each.hold_id : null }));
  const broken = checkAccount(row, records).map(({ invariant, at }) => `${invariant} at ${at}`);
  const settledNow = transfers.filter((each) => each.kind === 'settle' && each.period_start === row.period_start);
  const used = sumOf(settledNow.map((each) => each.amount));
  if (row.used !== used) broken.push(`used is ${row.used}, its transfers say ${used}`);
  if (![row.available, row.held, row.used, row.allowance].every(isMillitokens)) broken.push('an amount is below zero');
  broken.push(...(await brokenHolds(query, accountId, row.held)), ...(await brokenGenerations(query, accountId)));
  return { transfers: transfers.length, broken };
}

/** What a hold of an ended period gives back expires; that transfer names the hold, and does not end it. */
function endsHold(kind: string): boolean {
  return kind === 'reserve' || kind === 'settle' || kind === 'release';
}

async function brokenHolds(query: Reader, accountId: string, held: number): Promise<string[]> {
  const holds = await query.selectFrom('holds').selectAll().where('account_id', '=', accountId).execute();
  const open = holds.filter((hold) => hold.state === 'reserved' || hold.state === 'sent');
  const broken = holds.filter((hold) => hold.charged > hold.amount || (hold.state !== 'settled' && hold.charged !== 0));
  const settled = await query
    .selectFrom('transfers')
    .select((each) => ['hold_id', each.fn.sum<number>('amount').as('amount')])
    .where('account_id', '=', accountId)
    .where('kind', '=', 'settle')
    .groupBy('hold_id')
    .execute();
  const charges = new Map(settled.map((each) => [each.hold_id, each.amount]));
  const notBooked = holds.filter((hold) => (charges.get(hold.id) ?? 0) !== hold.charged);
  const sum = sumOf(open.map((hold) => hold.amount));
  return [
    ...(sum === held ? [] : [`held is ${held}, its open holds are ${sum}`]),
    ...broken.map((hold) => `hold ${hold.id} is charged ${hold.charged} of ${hold.amount} while ${hold.state}`),
    ...notBooked.map(
      (hold) => `hold ${hold.id} is charged ${hold.charged}, its transfers say ${charges.get(hold.id) ?? 0}`,
    ),
  ];
}

/** A generation's charge is the sum of its holds' charges, and its parts add up to it. */
async function brokenGenerations(query: Reader, accountId: string): Promise<string[]> {
  const generations = await query.selectFrom('generations').selectAll().where('account_id', '=', accountId).execute();
  const charges = await query
    .selectFrom('holds')
    .select((each) => ['generation_id', each.fn.sum<number>('charged').as('charged')])
    .where('account_id', '=', accountId)
    .groupBy('generation_id')
    .execute();
  const charged = new Map(charges.map((each) => [each.generation_id, each.charged]));
  return generations.flatMap((each) => {
    const parts = each.message_part + each.prompt_part + each.context_part + each.response_part;
    const holds = charged.get(each.id) ?? 0;
    if (each.charged === holds && each.charged === parts) return [];
    return [`generation ${each.id} is charged ${each.charged}, its holds say ${holds}, its parts ${parts}`];
  });
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
