import { planById } from '../../src/core/plans.ts';
import { millitokens } from '../../src/core/tokens.ts';
import { createWriter } from '../../src/backend/createWriter.ts';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { createIds } from '../../src/backend/ids.ts';

// `node ledgerLoad.ts URL`: calls without end on two accounts, a line on stdout for each that was answered. It is made
// to be killed: whoever reads a line knows that this call was answered before.

const [url = ''] = process.argv.slice(2);
const CALLERS = 24;
const ids = createIds(Date.now);
const database = await openDatabase(url);
const writer = createWriter(database, {
  ...{ clock: Date.now, onCommit: () => undefined, onFault: console.error },
  sqliteProgram: new URL('../../src/backend/database/sqlite.worker.ts', import.meta.url),
});
const plan = planById('pro-40k') ?? process.exit(1);
const accounts = ['one', 'two'];
for (const id of accounts) await writer.submit('createAccount', { id, email: `${id}@example.com`, plan });
await Promise.all(Array.from({ length: CALLERS }, (_, index) => callWithoutEnd(accounts[index % 2] ?? '')));

async function callWithoutEnd(accountId: string): Promise<void> {
  for (let count = 0; ; count += 1) {
    const callId = ids();
    const name = { accountId, generationId: callId, callId, holdId: ids() };
    const started = await writer.submit('startCall', {
      ...{ ...name, continues: false, bodyHash: callId, model: 'm', kind: 'question' },
      ...{ project: null, limitsProjects: true, session: null },
      ...{ multiplier: 1, firstCall: true, owner: 'load', leaseUntil: Date.now() + 30_000, openLimit: 100 },
      ...{ least: millitokens(10), most: millitokens(100), full: millitokens(100) },
    });
    if (started.kind !== 'started') throw new Error(started.kind);
    void writer.submit('recordProgress', { ...name, used: usedUp(5), leaseUntil: Date.now() + 30_000 });
    const used = count % 5 === 4 ? null : usedUp(count % 120);
    const finished = await writer.submit('finishCall', { ...name, used });
    if (finished === null) throw new Error('ended elsewhere');
    process.stdout.write(`${JSON.stringify({ accountId, callId, charged: finished.charged })}\n`);
  }
}

function usedUp(amount: number) {
  const none = millitokens(0);
  const usage = { promptTokens: 1, contextTokens: 0, cachedTokens: 0, responseTokens: amount, firstCall: true };
  const parts = { message: none, prompt: none, context: none, response: millitokens(amount) };
  return { usage, parts, charged: millitokens(amount), counted: false };
}
