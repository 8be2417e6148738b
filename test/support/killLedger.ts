import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import { commands } from '../../src/backend/commands.ts';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { Writer } from '../../src/backend/database/writer.ts';
import { Recovery } from '../../src/backend/generations/recovery.ts';
import { verifyLedger } from '../../src/backend/ledger/verifyLedger.ts';

/**
 * Kills a process that writes the ledger as fast as it can, again and again at another moment, and proves after each
 * that the books are right and every charge that was answered is in them once.
 */
export async function killLedger(url: string, kills: number): Promise<void> {
  const answered = new Map<string, z.infer<typeof Answered>>();
  for (let kill = 0; kill < kills; kill += 1) {
    for (const call of await runUntilKilled(url, Math.floor(Math.random() * MOST_ANSWERS))) {
      assert.ok(!answered.has(call.callId));
      answered.set(call.callId, call);
    }
    await proveBooks(url, answered);
  }
  assert.ok(answered.size > kills);
}

/** Enough for several commits; the kill comes in the middle of one as a rule, since the next has begun. */
const MOST_ANSWERS = 80;

const Answered = z.strictObject({ accountId: z.string(), callId: z.string(), charged: z.int() });

/** What had been answered when it was killed, by one who is told of `kills` answers. */
async function runUntilKilled(url: string, killAfter: number): Promise<z.infer<typeof Answered>[]> {
  const program = path.join(import.meta.dirname, 'ledgerLoad.ts');
  const child = spawn(process.execPath, [program, url], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const answered: z.infer<typeof Answered>[] = [];
  createInterface(child.stdout).on('line', (line) => {
    // The last line may have been cut by the kill.
    if (line.endsWith('}')) answered.push(Answered.parse(JSON.parse(line)));
    if (answered.length > killAfter) child.kill('SIGKILL');
  });
  await once(child, 'close');
  assert.equal(complaints, '');
  return answered;
}

async function proveBooks(url: string, answered: ReadonlyMap<string, { charged: number }>): Promise<void> {
  const database = await openDatabase(url);
  const ignore = (): void => undefined;
  const writer = new Writer(database.openStore(), commands, {
    ...{ clock: Date.now, onCommit: ignore, onFault: assert.ifError },
  });
  const { query } = database;
  const recovery = new Recovery({
    ...{ query, writer, clock: Date.now, ownHolds: () => new Set<string>(), onFault: assert.ifError },
  });
  await recovery.atStart({ alone: true });
  recovery.close();
  const { broken } = await verifyLedger(database);
  const calls = await query.selectFrom('calls').select(['id', 'charged', 'state', 'recovered', 'delivered']).execute();
  await writer.close();
  await database.close();
  assert.deepEqual(broken, []);
  assert.ok(calls.every(({ state }) => state === 'settled' || state === 'released'));
  const charges = new Map(calls.map((call) => [call.id, call.charged]));
  for (const [callId, { charged }] of answered) assert.equal(charges.get(callId), charged, callId);
  const recovered = calls.filter((call) => call.recovered === 1);
  assert.ok(recovered.every((call) => call.charged === call.delivered));
}
