import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { planById } from '../src/core/plans.ts';
import { millitokens } from '../src/core/tokens.ts';
import type { CommandWriter } from '../src/backend/commands.ts';
import { createWriter } from '../src/backend/createWriter.ts';
import { openDatabase } from '../src/backend/database/openDatabase.ts';
import { createIds } from '../src/backend/ids.ts';
import { verifyLedger } from '../src/backend/ledger/verifyLedger.ts';
import { startPostgresServer } from '../test/support/startPostgresServer.ts';

// How many calls a second the ledger reserves and settles durably, with all that is written for them, on one account.

/** So many callers at once, each waiting for its answer before it goes on. */
const AT_ONCE = 32;
const WARM_UP_MS = 1_000;
const MEASURED_MS = 4_000;

const ids = createIds(Date.now);
const none = millitokens(0);
const used = {
  usage: { promptTokens: 100, contextTokens: 2_000, cachedTokens: 0, responseTokens: 500, firstCall: true },
  parts: { message: millitokens(250), prompt: millitokens(20), context: millitokens(40), response: none },
  charged: millitokens(310),
  counted: false,
};

const folder = mkdtempSync(path.join(tmpdir(), 'tokenfare-bench-'));
await measure('SQLite', `sqlite:${path.join(folder, 'bench.db')}`);
rmSync(folder, { recursive: true });
const server = await startPostgresServer({ durable: true });
await measure('PostgreSQL', await server.createDatabase());
await server.stop();

/** With the writer of a running backend; at the end the books must be right. */
async function measure(name: string, url: string): Promise<void> {
  const database = await openDatabase(url);
  const writer = createWriter(database, {
    ...{ clock: Date.now, onCommit: () => undefined, onFault: console.error },
    sqliteProgram: new URL('../src/backend/database/sqlite.worker.ts', import.meta.url),
  });
  await load(name, writer);
  await writer.close();
  const { ok, broken } = await verifyLedger(database);
  if (!ok) throw new Error(broken.join('\n'));
  await database.close();
}

async function load(name: string, writer: CommandWriter): Promise<void> {
  const plan = planById('free');
  if (plan === undefined) throw new Error('no plan');
  await writer.submit('createAccount', { id: 'hot', email: 'hot@example.com', plan });
  const plenty = { accountId: 'hot', amount: millitokens(1e12), key: 'bench', reason: 'bench' };
  await writer.submit('addGrant', plenty);
  const times: number[] = [];
  let pairs = 0;
  const started = performance.now();
  const measuredFrom = started + WARM_UP_MS;
  const until = measuredFrom + MEASURED_MS;
  const call = async (): Promise<void> => {
    while (performance.now() < until) {
      const from = performance.now();
      await pair(writer, ids());
      if (from < measuredFrom) continue;
      pairs += 1;
      times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, call));
  times.sort((a, b) => a - b);
  figure(`${name}, reserve and settle`, (pairs * 1000) / MEASURED_MS, 'pairs/s');
  figure(`${name}, reserve and settle, p50`, times[times.length >> 1] ?? 0, 'ms');
}

async function pair(writer: CommandWriter, callId: string): Promise<void> {
  const name = { accountId: 'hot', generationId: callId, callId, holdId: callId };
  const started = await writer.submit('startCall', {
    ...name,
    ...{ continues: false, bodyHash: callId, model: 'bench', kind: 'question', project: null, session: null },
    ...{ limitsProjects: true, multiplier: 1, firstCall: true, owner: 'bench', leaseUntil: Date.now() + 30_000 },
    ...{ least: millitokens(300), most: millitokens(5_000), full: millitokens(5_000), openLimit: 1_000 },
  });
  if (started.kind !== 'started') throw new Error(started.kind);
  if ((await writer.submit('finishCall', { ...name, used })) === null) throw new Error('ended elsewhere');
}

function figure(metric: string, value: number, unit: string): void {
  console.log(JSON.stringify({ bench: 'ledger', metric, value: Math.round(value * 100) / 100, unit }));
}
