import { checkAccount } from '../../core/ledgerProof.ts';
import type { Database, Reader } from '../database/database.ts';
import { tables, type Tables } from '../database/tables.ts';
import { inOrder, toldBy, type TransferRow } from './transferRows.ts';

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

type Call = Tables['calls'];

async function verifyAccount(
  reader: Reader,
  account: Tables['ledger_accounts'],
): Promise<{ transfers: number; broken: string[] }> {
  const { account_id: id } = account;
  const rows = await reader.selectFrom('transfers').selectAll().where('account_id', '=', id).execute();
  const calls = await reader.selectFrom('calls').selectAll().where('account_id', '=', id).execute();
  const { transfers, unreadable } = readTransfers(rows, calls);
  const records = transfers.map((each) => ({ ...each, hold: endsHold(each.kind) ? each.holdId : null }));
  const callsOf = Map.groupBy(calls, (call) => call.generation_id);
  const broken = [
    ...unreadable,
    ...checkAccount(account, records).map(({ invariant, at }) => `${invariant} at ${at}`),
    ...brokenAccount(account, transfers, calls),
    ...brokenCalls(transfers, calls),
    ...[...callsOf].flatMap(([generationId, all]) => brokenGeneration(generationId, all)),
  ];
  return { transfers: transfers.length, broken };
}

/** The transfers that can be read, in their order, and in words what cannot: the rest is proved all the same. */
function readTransfers(rows: readonly Tables['transfers'][], calls: readonly Call[]) {
  const sources = [
    ...rows.map((row) => ({ name: `transfer ${row.number}`, read: () => [tables.transfers.read(row)] })),
    ...calls.map((call) => ({ name: `call ${call.id}`, read: () => toldBy(call) })),
  ];
  const transfers: TransferRow[] = [];
  const unreadable: string[] = [];
  for (const { name, read } of sources) {
    try {
      transfers.push(...read());
    } catch (error) {
      unreadable.push(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { transfers: inOrder(transfers), unreadable };
}

/** What a hold of an ended period gives back expires; that transfer names the hold, and does not end it. */
function endsHold(kind: string): boolean {
  return kind === 'reserve' || kind === 'settle' || kind === 'release';
}

function brokenAccount(
  account: Tables['ledger_accounts'],
  transfers: readonly TransferRow[],
  calls: readonly Call[],
): string[] {
  const open = calls.filter(isOpen);
  const ofPeriod = transfers.filter(
    (each) => each.periodStart === account.period_start && each.number > account.carried_until,
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

function brokenCalls(transfers: readonly TransferRow[], calls: readonly Call[]): string[] {
  const settled = transfers.filter((each) => each.kind === 'settle');
  const charges = new Map(settled.map((each) => [each.holdId, each.amount]));
  const wrong = calls.filter((call) => call.charged > call.reserved || (call.state !== 'settled' && call.charged > 0));
  return [
    ...wrong.map((call) => `call ${call.id} is charged ${call.charged} of ${call.reserved} while ${call.state}`),
    ...calls.flatMap((call) => differs(`charge of call ${call.id}`, call.charged, charges.get(call.hold_id) ?? 0)),
  ];
}

/** What a generation's first call tells of all of its calls is true, and what each was charged is for its parts. */
function brokenGeneration(generationId: string, calls: readonly Call[]): string[] {
  const name = `of generation ${generationId}`;
  const first = calls.find((call) => call.id === generationId);
  if (first === undefined) return [`the first call ${name} is not there`];
  const settled = calls.filter((call) => call.state === 'settled');
  return [
    ...differs(`charge ${name}`, first.total_charged, sum(calls.map((call) => call.charged))),
    ...differs(`parts ${name}`, sum(settled.map(partsOf)), first.total_charged),
    ...differs(`open calls ${name}`, first.open_calls, calls.filter(isOpen).length),
    ...differs(`settled calls ${name}`, first.settled_calls, settled.length),
  ];
}

function partsOf(call: Call): number {
  return call.message_part + call.prompt_part + call.context_part + call.response_part;
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
