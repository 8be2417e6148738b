import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { planById } from '../src/core/plans.ts';
import { commands } from '../src/backend/commands.ts';
import { createWriter } from '../src/backend/createWriter.ts';
import { openDatabase } from '../src/backend/database/openDatabase.ts';
import { Writer } from '../src/backend/database/writer.ts';
import { verifyLedger } from '../src/backend/ledger/verifyLedger.ts';
import { startPostgresServer } from '../test/support/startPostgresServer.ts';

// How long a thousand accounts take that are all due for renewal in the same second.

const ACCOUNTS = 1_000;
const DAY_MS = 24 * 60 * 60 * 1000;

const folder = mkdtempSync(path.join(tmpdir(), 'tokenfare-bench-'));
await measure('SQLite', `sqlite:${path.join(folder, 'bench.db')}`);
rmSync(folder, { recursive: true });
const server = await startPostgresServer({ durable: true });
await measure('PostgreSQL', await server.createDatabase());
await server.stop();

/** Accounts bought their plan 40 days ago, and looked at today by the writer of a running backend. */
async function measure(name: string, url: string): Promise<void> {
  const [free, plan] = [planById('free'), planById('pro')];
  if (free === undefined || plan === undefined) throw new Error('no plan');
  const database = await openDatabase(url);
  const ids = Array.from({ length: ACCOUNTS }, (_, index) => `account-${index}`);
  const options = { onCommit: () => undefined, onFault: console.error };
  const opener = new Writer(database.openStore(), commands, { ...options, clock: () => Date.now() - 40 * DAY_MS });
  const bought = ids.map(async (id) => {
    await opener.submit('createAccount', { id, email: `${id}@example.com`, plan: free });
    const paid = { planId: plan.id, previousPlanId: free.id, ...plan.price };
    await opener.submit('openCheckout', { id, accountId: id, ...paid });
    await opener.submit('payCheckout', { id, accountId: id, card: '4242424242424242', confirmed: false });
  });
  await Promise.all(bought);
  await opener.close();
  const sqliteProgram = new URL('../src/backend/database/sqlite.worker.ts', import.meta.url);
  const writer = createWriter(database, { ...options, clock: Date.now, sqliteProgram });
  await writer.submit('viewAccount', { accountId: 'none' });
  const started = performance.now();
  await Promise.all(ids.map((accountId) => writer.submit('viewAccount', { accountId })));
  figure(`${name}, ${ACCOUNTS} renewals in the same second`, performance.now() - started);
  await writer.close();
  const invoices = await database.query.selectFrom('invoices').select('id').where('kind', '=', 'renewal').execute();
  const { ok, broken } = await verifyLedger(database);
  if (!ok || invoices.length !== ACCOUNTS) throw new Error(`${invoices.length} invoices; ${broken.join('\n')}`);
  await database.close();
}

function figure(metric: string, value: number): void {
  console.log(JSON.stringify({ bench: 'renewals', metric, value: Math.round(value), unit: 'ms' }));
}
