import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { planById, type Plan } from '../../src/core/plans.ts';
import { millitokens } from '../../src/core/tokens.ts';
import { commands, type CommandWriter } from '../../src/backend/commands.ts';
import { createWriter } from '../../src/backend/createWriter.ts';
import type { Database } from '../../src/backend/database/database.ts';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { Writer } from '../../src/backend/database/writer.ts';
import type { CallName } from '../../src/backend/generations/generations.ts';
import { Recovery } from '../../src/backend/generations/recovery.ts';
import { createIds } from '../../src/backend/ids.ts';
import { chargedSince } from '../../src/backend/ledger/chargedSince.ts';
import { listTransfers } from '../../src/backend/ledger/transferList.ts';
import { verifyLedger } from '../../src/backend/ledger/verifyLedger.ts';
import { testDatabases, type TestDatabase } from '../support/testDatabases.ts';

type TransferPage = Awaited<ReturnType<typeof listTransfers>>;
const DAY = 24 * 60 * 60 * 1000;

for (const { name, create } of testDatabases) {
  describe(`the ledger and the calendar on ${name}`, () => {
    let place: TestDatabase;
    let database: Database;
    let writer: CommandWriter;
    let now: number;

    beforeEach(async () => {
      place = await create();
      database = await openDatabase(place.url);
      now = Date.parse('2026-01-31T09:00:00Z');
      const clock = (): number => now;
      writer = createWriter(database, {
        ...{ clock, onCommit: () => undefined, onFault: () => undefined },
        sqliteProgram: new URL('../../src/backend/database/sqlite.worker.ts', import.meta.url),
      });
      await writer.submit('createAccount', { id: 'a', email: 'a@example.com', plan: planOf('free') });
    });
    afterEach(async () => {
      const report = await verifyLedger(database);
      await writer.close();
      await database.close();
      place.dispose();
      assert.deepEqual(report.broken, []);
    });

    const view = async () => {
      const found = await writer.submit('viewAccount', { accountId: 'a' });
      assert.ok(found);
      const { available, held, allowance, used, periodStart, periodEnd } = found.ledger;
      const period = [periodStart, periodEnd].map((instant) => new Date(instant).toISOString().slice(0, 10));
      return {
        plan: found.plan.id,
        scheduled: found.subscription.scheduledPlanId,
        available,
        held,
        allowance,
        used,
        period,
      };
    };
    const buy = async (planId: string) => {
      const chosen = await writer.submit('choosePlan', { accountId: 'a', plan: planOf(planId) });
      assert.ok(chosen.kind === 'pay');
      const { from: previousPlanId, amount, currency } = chosen;
      await writer.submit('openCheckout', { id: planId, accountId: 'a', planId, previousPlanId, amount, currency });
      const paid = await writer.submit('payCheckout', {
        id: planId,
        accountId: 'a',
        card: '4242424242424242',
        confirmed: false,
      });
      assert.equal(paid.kind, 'paid');
    };
    const ids = createIds(() => now);
    const start = async (callId: string, most: number, { by = writer, openLimit = 10 } = {}) => {
      const call = { accountId: 'a', generationId: callId, callId, holdId: ids() };
      const answer = await by.submit('startCall', {
        ...{ ...call, continues: false, bodyHash: 'x', model: 'm', kind: 'question' },
        ...{
          project: null,
          limitsProjects: true,
          session: null,
          multiplier: 1,
          firstCall: true,
          openLimit,
          owner: 'me',
        },
        ...{ least: millitokens(1), most: millitokens(most), full: millitokens(most), leaseUntil: now + 30_000 },
      });
      assert.ok(answer.kind === 'started');
      return call;
    };
    const settle = async (call: CallName, amount: number, by = writer) => {
      const none = millitokens(0);
      const usage = { promptTokens: 1, contextTokens: 0, cachedTokens: 0, responseTokens: 1, firstCall: true };
      const parts = { message: millitokens(amount), prompt: none, context: none, response: none };
      return by.submit('finishCall', {
        ...call,
        used: { usage, parts, charged: millitokens(amount), counted: false },
      });
    };

    it('rolls over at the end of the period, lets the rest expire, and skips periods that nobody saw', async () => {
      await settle(await start('one', 5_000), 3_000);
      assert.deepEqual((await view()).period, ['2026-01-31', '2026-02-28']);
      now = Date.parse('2026-02-28T09:00:00Z');
      assert.deepEqual(await view(), {
        ...{ plan: 'free', scheduled: null, available: 300_000, held: 0, allowance: 300_000, used: 0 },
        period: ['2026-02-28', '2026-03-31'],
      });
      now = Date.parse('2026-06-10T00:00:00Z');
      assert.deepEqual((await view()).period, ['2026-05-31', '2026-06-30']);
      const transfers = await database.query
        .selectFrom('transfers')
        .select('kind')
        .where('kind', '=', 'grant')
        .execute();
      assert.equal(transfers.length, 3);
    });

    it('keeps a hold in its period: the charge counts there, and what it gives back expires', async () => {
      const over = await start('over', 10_000);
      now += 40 * DAY;
      assert.deepEqual((({ available, held, used }) => ({ available, held, used }))(await view()), {
        available: 300_000,
        held: 10_000,
        used: 0,
      });
      await settle(over, 4_000);
      const { available, held, used } = await view();
      assert.deepEqual([available, held, used], [300_000, 0, 0]);
    });

    it('never lets the clock step an account back', async () => {
      await start('early', 1_000);
      now += 40 * DAY;
      const later = await view();
      now -= 60 * DAY;
      assert.deepEqual((await view()).period, later.period);
      await settle(await start('late', 1_000), 500);
    });

    it('starts a new period at a purchase, and renews it for the current period only', async () => {
      now += 10 * DAY;
      await buy('pro');
      assert.deepEqual(await view(), {
        ...{ plan: 'pro', scheduled: null, available: 1_500_000, held: 0, allowance: 1_500_000, used: 0 },
        period: ['2026-02-10', '2026-03-10'],
      });
      now = Date.parse('2026-06-20T00:00:00Z');
      const { plan, available, allowance, period } = await view();
      assert.deepEqual(
        [plan, available, allowance, period],
        ['pro', 1_500_000, 1_500_000, ['2026-06-10', '2026-07-10']],
      );
      const invoices = await database.query
        .selectFrom('invoices')
        .select(['kind', 'amount'])
        .orderBy('paid_at')
        .execute();
      assert.deepEqual(
        invoices.map(({ kind, amount }) => [kind, amount]),
        [
          ['purchase', 2_000],
          ['renewal', 2_000],
        ],
      );
    });

    it('grants the whole difference for a dearer plan, and keeps the billing date', async () => {
      await buy('pro');
      await settle(await start('spent', 100_000), 100_000);
      now += 5 * DAY;
      await writer.submit('choosePlan', { accountId: 'a', plan: planOf('free') });
      assert.equal((await view()).scheduled, 'free');
      await buy('pro-3k');
      assert.deepEqual(await view(), {
        ...{ plan: 'pro-3k', scheduled: null, available: 2_900_000, held: 0, allowance: 3_000_000, used: 100_000 },
        period: ['2026-01-31', '2026-02-28'],
      });
    });

    it('carries a scheduled change out at the end of the period', async () => {
      await buy('pro-3k');
      await writer.submit('choosePlan', { accountId: 'a', plan: planOf('pro') });
      now += 40 * DAY;
      const { plan, available } = await view();
      assert.deepEqual([plan, available], ['pro', 1_500_000]);
      await writer.submit('choosePlan', { accountId: 'a', plan: planOf('free') });
      now += 40 * DAY;
      const free = await view();
      assert.deepEqual([free.plan, free.available, free.scheduled], ['free', 300_000, null]);
    });

    it('does not call off a change that was due before anybody looked', async () => {
      await buy('pro');
      await writer.submit('choosePlan', { accountId: 'a', plan: planOf('free') });
      now = Date.parse('2026-02-28T09:00:01Z');
      await writer.submit('callOffChange', { accountId: 'a' });
      const { plan, scheduled, allowance } = await view();
      assert.deepEqual([plan, scheduled, allowance], ['free', null, 300_000]);
    });

    it('lets the first end of a hold count, and drops the later ones', async () => {
      const twice = await start('twice', 10_000);
      assert.equal((await settle(twice, 99_000))?.charged, 10_000);
      assert.equal(await settle(twice, 1), null);
      assert.equal(await writer.submit('finishCall', { ...twice, used: null }), null);
      assert.deepEqual((await view()).used, 10_000);
    });

    it('lists a call that was tried again with both of its holds, in pages of any length', async () => {
      await writer.submit('finishCall', { ...(await start('again', 2_000)), used: null });
      const again = await start('again', 1_000);
      const other = await start('other', 500);
      await settle(again, 1_000);
      await settle(other, 200);
      const pages = async (limit: number) => {
        const all: string[] = [];
        for (let cursor: string | null = null; ;) {
          const page: TransferPage = await listTransfers(database.query, 'a', { cursor, limit });
          assert.ok(page.transfers.length <= limit);
          all.push(...page.transfers.map(({ id, kind, amount, held }) => `${id} ${kind} ${amount}, ${held} held`));
          if ((cursor = page.next) === null) return all;
        }
      };
      const whole = await pages(200);
      assert.deepEqual(whole.reverse(), [
        ...['1 grant 300000, 0 held', '2 reserve 2000, 2000 held', '3 release 2000, 0 held'],
        ...['4 reserve 1000, 1000 held', '5 reserve 500, 1500 held', '6 settle 1000, 500 held'],
        ...['7 settle 200, 300 held', '8 release 300, 0 held'],
      ]);
      for (const limit of [1, 2, 3, 8]) assert.deepEqual((await pages(limit)).reverse(), whole, `by ${limit}`);
    });

    it('lists all that is before a cursor, also before one that no page has given', async () => {
      await settle(await start('one', 1_000), 400);
      const idsOf = async (cursor: string) => {
        const { transfers, next } = await listTransfers(database.query, 'a', { cursor, limit: 2 });
        return { ids: transfers.map(({ id }) => id), next };
      };
      assert.deepEqual(await idsOf('999999999999999'), { ids: ['4', '3'], next: '3' });
      assert.deepEqual(await idsOf('5'), { ids: ['4', '3'], next: '3' });
      assert.deepEqual(await idsOf('4'), { ids: ['3', '2'], next: '2' });
      assert.deepEqual(await idsOf('3'), { ids: ['2', '1'], next: null });
      assert.deepEqual(await idsOf('1'), { ids: [], next: null });
      assert.deepEqual(await idsOf('0'), { ids: [], next: null });
    });

    it('lists the end of a call that was open for more than a thousand transfers', async () => {
      const long = await start('long', 500, { openLimit: 1_000 });
      const call = async (index: number) => settle(await start(`call-${index}`, 10, { openLimit: 1_000 }), 5);
      await Promise.all(Array.from({ length: 340 }, (_, index) => call(index)));
      await settle(long, 200);
      const page = await listTransfers(database.query, 'a', { cursor: null, limit: 2 });
      assert.deepEqual(
        page.transfers.map(({ id, kind, amount, generation }) => [id, kind, amount, generation]),
        [
          ['1024', 'release', 300, 'long'],
          ['1023', 'settle', 200, 'long'],
        ],
      );
    });

    it('sums what was charged from a transfer or an instant on', async () => {
      await settle(await start('early', 1_000), 100);
      now += 1_000;
      await settle(await start('late', 1_000), 30);
      const since = (column: 'number' | 'at', from: number) => chargedSince(database.query, 'a', { column, from });
      assert.deepEqual([await since('number', 3), await since('number', 6), await since('number', 7)], [130, 30, 0]);
      assert.deepEqual(
        [await since('at', now - 1_000), await since('at', now), await since('at', now + 1)],
        [130, 30, 0],
      );
    });

    it('recovers what a process that is gone left open: at a start at once, later when the lease ran out', async () => {
      const own = new Set<string>();
      const recoverAtStart = async (alone: boolean) => {
        const recovery = new Recovery({
          ...{ query: database.query, writer, clock: () => now, ownHolds: () => own, onFault: assert.ifError },
        });
        await recovery.atStart({ alone });
        recovery.close();
        return (await view()).held;
      };
      await start('left', 1_000);
      assert.equal(await recoverAtStart(false), 1_000);
      assert.equal(await recoverAtStart(true), 0);
      own.add((await start('mine', 2_000)).holdId);
      await start('theirs', 4_000);
      now += 31_000;
      assert.equal(await recoverAtStart(false), 2_000);
    });

    it('drops the end of a call that was recovered before, and the recovery of one whose lease was renewed', async () => {
      const call = await start('slow', 1_000);
      const leaseUntil = now + 30_000;
      await writer.submit('recordProgress', { ...call, used: null, leaseUntil: leaseUntil + 1 });
      assert.equal(await writer.submit('recoverCall', { ...call, leaseUntil }), false);
      assert.equal(await writer.submit('recoverCall', { ...call, leaseUntil: leaseUntil + 1 }), true);
      assert.equal(await settle(call, 500), null);
    });

    it('keeps one account exact under two writers, as two processes have them', async () => {
      const clock = (): number => now;
      const other: CommandWriter = new Writer(database.openStore(), commands, {
        ...{ clock, onCommit: () => undefined, onFault: assert.ifError },
      });
      const grants = Array.from({ length: 40 }, (_, index) =>
        (index < 20 ? writer : other).submit('addGrant', {
          ...{ accountId: 'a', amount: millitokens(1_000), key: `grant:${index % 20}`, reason: 'r' },
        }),
      );
      assert.equal((await Promise.all(grants)).filter(Boolean).length, 20);
      assert.equal((await view()).available, 320_000);
      await other.close();
    });

    it('keeps the calls of two writers exact, many at once on both', async () => {
      const other: CommandWriter = new Writer(database.openStore(), commands, {
        ...{ clock: () => now, onCommit: () => undefined, onFault: assert.ifError },
      });
      const call = async (index: number): Promise<number> => {
        const by = index % 4 === 0 ? other : writer;
        const started = await start(`call-${index}`, 500, { by, openLimit: 100 });
        return (await settle(started, index, by))?.charged ?? assert.fail();
      };
      const charges = await Promise.all(Array.from({ length: 100 }, (_, index) => call(index)));
      assert.deepEqual(charges, [...charges.keys()]);
      const { available, held, used } = await view();
      assert.deepEqual([available, held, used], [300_000 - 4_950, 0, 4_950]);
      await other.close();
    });

    it('undoes a broken command alone, and keeps what was committed with it', async () => {
      const grant = { accountId: 'a', amount: millitokens(1_000), key: 'k', reason: 'r' };
      const outcomes = await Promise.allSettled([
        writer.submit('addGrant', grant),
        writer.submit('addGrant', { ...grant, accountId: 'nobody', key: 'n' }),
        writer.submit('addGrant', grant),
      ]);
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ['fulfilled', 'rejected', 'fulfilled'],
      );
      assert.equal((await view()).available, 301_000);
    });
  });
}

function planOf(id: string): Plan {
  const plan = planById(id);
  assert.ok(plan);
  return plan;
}
