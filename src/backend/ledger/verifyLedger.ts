import { checkAccount } from '../../core/ledgerProof.ts';
import type { Database, Reader } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';

/** What `ledger verify` found: how much was looked at, and every invariant that does not hold, in words. */
export interface LedgerReport {
  readonly ok: boolean;
  readonly accounts: number;
  readonly transfers: number;
  readonly broken: readonly string[];
}

/**
 * Proves the ledger, at one instant: rows are the sums of their transfers, each transfer's rows follow from those
 * before it, open holds add up to what is held, every charge is booked once, and generations are the sums of their
 * calls.
 */
export function verifyLedger(database: Pick<Database, 'query'>): Promise<LedgerReport> {
  return database.query
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (reader) => {
      const accounts = await reader.selectFrom('ledger_accounts').selectAll().orderBy('account_id').execute();
      const broken: string[] = [];
      let transfers = 0;
      for (const account of accounts) {
        const found = await verifyAccount(reader, account);
        transfers += found.transfers;
        broken.push(...found.broken.map((what) => `${account.account_id}: ${what}`));
      }
      return { ok: broken.length === 0, accounts: accounts.length, transfers, broken };
    });
}

type Transfer = Tables['transfers'];
type Call = Tables['calls'];

async function verifyAccount(
  reader: Reader,
  account: Tables['ledger_accounts'],
): Promise<{ transfers: number; broken: string[] }> {
  const { account_id: id } = account;
  const transfers = await reader
    .selectFrom('transfers')
    .selectAll()
    .where('account_id', '=', id)
    .orderBy('number')
    .execute();
  const calls = await reader.selectFrom('calls').selectAll().where('account_id', '=', id).execute();
  const generations = await reader.selectFrom('generations').selectAll().where('account_id', '=', id).execute();
  const records = transfers.map((each) => ({ ...each, hold: endsHold(each.kind) ? each.hold_id : null }));
  const callsOf = Map.groupBy(calls, (call) => call.generation_id);
  const broken = [
    ...checkAccount(account, records).map(({ invariant, at }) => `${invariant} at ${at}`),
    ...brokenAccount(account, transfers, calls),
    ...brokenCalls(transfers, calls),
    ...generations.flatMap((each) => brokenGeneration(each, callsOf.get(each.id) ?? [])),
  ];
  return { transfers: transfers.length, broken };
}

/** What a hold of an ended period gives back expires; that transfer names the hold, and does not end it. */
function endsHold(kind: string): boolean {
  return kind === 'reserve' || kind === 'settle' || kind === 'release';
}

function brokenAccount(
  account: Tables['ledger_accounts'],
  transfers: readonly Transfer[],
  calls: readonly Call[],
): string[] {
  const open = calls.filter(isOpen);
  const ofPeriod = transfers.filter(
    (each) => each.period_start === account.period_start && each.number > account.carried_until,
  );
  const sumOf = (kind: string): number => sum(ofPeriod.filter((each) => each.kind === kind).map((each) => each.amount));
  return [
    ...differs('transfer_count', account.transfer_count, transfers.length),
    ...differs('held', account.held, sum(open.map((call) => call.reserved))),
    ...differs('open_holds', account.open_holds, open.length),
    ...differs('used', account.used, account.carried_used + sumOf('settle')),
    ...differs('allowance', account.allowance, account.carried_allowance + sumOf('grant')),
  ];
}

function brokenCalls(transfers: readonly Transfer[], calls: readonly Call[]): string[] {
  const settled = transfers.filter((each) => each.kind === 'settle');
  const charges = new Map(settled.map((each) => [each.hold_id, each.amount]));
  const wrong = calls.filter((call) => call.charged > call.reserved || (call.state !== 'settled' && call.charged > 0));
  return [
    ...wrong.map((call) => `call ${call.id} is charged ${call.charged} of ${call.reserved} while ${call.state}`),
    ...calls.flatMap((call) => differs(`charge of call ${call.id}`, call.charged, charges.get(call.hold_id) ?? 0)),
  ];
}

/** A generation's charge is the sum of its calls' charges, its parts add up to it, and its counts are theirs. */
function brokenGeneration(generation: Tables['generations'], calls: readonly Call[]): string[] {
  const { message_part: message, prompt_part: prompt, context_part: context, response_part: response } = generation;
  const settled = calls.filter((call) => call.state === 'settled').length;
  const open = calls.filter(isOpen).length;
  const state = open > 0 ? 'open' : settled > 0 ? 'settled' : 'released';
  const name = `of generation ${generation.id}`;
  return [
    ...differs(`charge ${name}`, generation.charged, sum(calls.map((call) => call.charged))),
    ...differs(`parts ${name}`, message + prompt + context + response, generation.charged),
    ...differs(`open calls ${name}`, generation.open_calls, open),
    ...differs(`settled calls ${name}`, generation.settled_calls, settled),
    ...(generation.state === state
      ? []
      : [`generation ${generation.id} is ${generation.state}, its calls say ${state}`]),
  ];
}

function isOpen(call: Call): boolean {
  return call.state === 'reserved' || call.state === 'sent';
}

function differs(what: string, is: number, should: number): string[] {
  return is === should ? [] : [`${what} is ${is}, it should be ${should}`];
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
