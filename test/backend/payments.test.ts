import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { AccountDesk, TestBank } from '../support/accountDesk.ts';
import { testDatabases, type TestDatabase } from '../support/testDatabases.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const PAYS_ONCE = '4000000000000341';
const DISPUTES = '4000000000000259';

for (const { name, create } of testDatabases) {
  describe(`payments on ${name}`, () => {
    let place: TestDatabase;
    let bank: TestBank;
    let ann: AccountDesk;

    beforeEach(async () => {
      place = await create();
      bank = new TestBank(await openDatabase(place.url), Date.parse('2026-01-31T09:00:00Z'));
      ann = new AccountDesk(bank, 'ann');
      await ann.open();
    });
    afterEach(async () => {
      await ann.proveInvoices();
      await bank.close();
      place.dispose();
    });

    const dates = async (): Promise<string[]> => {
      const { periodStart, periodEnd } = await ann.view();
      return [periodStart, periodEnd].map((instant) => new Date(instant).toISOString());
    };

    it('falls back after a purchase to the free period that would be running, less all that was charged', async () => {
      await ann.spend(100_000);
      bank.now += 5 * DAY;
      await ann.buy('pro');
      await ann.spend(50_000);
      assert.deepEqual(await ann.previewRefund(), {
        ...{ kind: 'answered', id: 'sandbox:ann-2', status: 'approved', reason: 'little_used' },
        money: { amount: 2_000, currency: 'USD' },
      });
      assert.equal((await ann.view()).plan, 'pro');
      assert.equal((await ann.requestRefund()).kind, 'answered');
      const { plan, available, allowance, used } = await ann.view();
      assert.deepEqual([plan, available, allowance, used], ['free', 150_000, 300_000, 150_000]);
      assert.deepEqual(await dates(), ['2026-01-31T09:00:00.000Z', '2026-02-28T09:00:00.000Z']);
      await ann.spend(10_000);
      assert.equal((await ann.view()).used, 160_000);
      bank.now = Date.parse('2026-02-28T09:00:00Z');
      const next = await ann.view();
      assert.deepEqual([next.plan, next.available, next.used, await ann.money()], ['free', 300_000, 0, 0]);
    });

    it('never grants by a refund, also where the free period has begun anew since the purchase', async () => {
      bank.now = Date.parse('2026-02-26T09:00:00Z');
      await ann.buy('pro');
      await ann.spend(1_460_000);
      bank.now = Date.parse('2026-03-01T09:00:00Z');
      const asked = await ann.requestRefund();
      assert.ok(asked.kind === 'answered' && asked.status === 'waiting' && asked.reason === 'used');
      assert.equal((await ann.decideRefund(asked.id ?? '', true)).kind, 'decided');
      const { plan, available, allowance } = await ann.view();
      assert.deepEqual([plan, available, allowance], ['free', 40_000, 300_000]);
      assert.deepEqual(await dates(), ['2026-02-28T09:00:00.000Z', '2026-03-31T09:00:00.000Z']);
    });

    it('falls back after an upgrade to the plan before it, and keeps what is cheaper and scheduled', async () => {
      await ann.buy('pro-3k');
      await ann.spend(1_000_000);
      bank.now += DAY;
      await ann.buy('pro-9k');
      await ann.spend(100_000);
      await ann.choose('pro');
      const asked = await ann.requestRefund();
      assert.ok(asked.kind === 'answered' && asked.status === 'approved');
      assert.equal(asked.money?.amount, 8_000);
      const { plan, available, scheduled } = await ann.view();
      assert.deepEqual([plan, available, scheduled], ['pro-3k', 1_900_000, 'pro']);
      const again = await ann.requestRefund();
      assert.ok(again.kind === 'answered' && again.status === 'waiting');
      assert.deepEqual([again.reason, again.money?.amount], ['used', 4_000]);
      assert.equal(await ann.money(), 4_000);
    });

    it('gives a renewal back, and stays in its period on Free', async () => {
      await ann.buy('pro');
      bank.now = Date.parse('2026-03-01T09:00:00Z');
      await ann.spend(20_000);
      const asked = await ann.requestRefund();
      assert.ok(asked.kind === 'answered' && asked.status === 'approved');
      const { plan, available, allowance, used } = await ann.view();
      assert.deepEqual([plan, available, allowance, used], ['free', 280_000, 300_000, 20_000]);
      assert.equal(await ann.money(), 2_000);
    });

    it('asks nobody to give back twice, after a week, or while a message is being answered', async () => {
      const nothing = await ann.requestRefund();
      assert.ok(nothing.kind === 'answered' && nothing.status === 'refused' && nothing.reason === 'nothing_paid');
      bank.now += HOUR;
      await ann.buy('pro');
      const call = await ann.start(10_000);
      assert.ok(call);
      assert.equal((await ann.requestRefund()).kind, 'generationOpen');
      await ann.finish(call, null);
      bank.now += 168 * HOUR + 1;
      const late = await ann.requestRefund();
      assert.ok(late.kind === 'answered' && late.status === 'refused' && late.reason === 'too_late');
      bank.now -= 1;
      const [one, two] = await Promise.all([ann.requestRefund(), ann.requestRefund()]);
      assert.ok(one.kind === 'answered' && two.kind === 'answered');
      assert.deepEqual(new Set([one.reason, two.reason]), new Set(['little_used', 'nothing_paid']));
      assert.equal(await ann.money(), 0);
    });

    it('lets a person look where something was exported, and keeps what that person decides', async () => {
      assert.equal(await ann.writer.submit('recordExport', { accountId: 'ann' }), false);
      await ann.buy('pro');
      assert.equal(await ann.writer.submit('recordExport', { accountId: 'ann' }), true);
      const asked = await ann.requestRefund();
      assert.ok(asked.kind === 'answered' && asked.status === 'waiting' && asked.reason === 'exported');
      const { id } = asked;
      assert.deepEqual(await ann.requestRefund(), asked);
      assert.deepEqual(await ann.decideRefund(id ?? '', false), { kind: 'decided', status: 'refused' });
      assert.deepEqual(await ann.decideRefund(id ?? '', true), { kind: 'notWaiting' });
      const after = await ann.requestRefund();
      assert.ok(after.kind === 'answered' && after.status === 'refused' && after.reason === 'by_person');
      assert.equal((await ann.view()).plan, 'pro');
    });

    it('takes back only its own grant where something was paid later', async () => {
      await ann.buy('pro');
      await ann.writer.submit('recordExport', { accountId: 'ann' });
      const asked = await ann.requestRefund();
      assert.ok(asked.kind === 'answered');
      await ann.buy('pro-3k');
      assert.equal((await ann.decideRefund(asked.id ?? '', true)).kind, 'decided');
      const { plan, available } = await ann.view();
      assert.deepEqual([plan, available, await ann.money()], ['pro-3k', 1_500_000, 2_000]);
    });

    it('keeps a plan for three days while its renewal is unpaid, with what Free would have', async () => {
      bank.now = Date.parse('2026-02-01T09:00:00Z');
      await ann.buy('pro', PAYS_ONCE);
      bank.now = Date.parse('2026-03-01T09:00:00Z');
      const due = await ann.view();
      assert.deepEqual([due.plan, due.available, due.unpaidSince], ['pro', 300_000, bank.now]);
      await ann.spend(100_000);
      bank.now += 3 * DAY - 1;
      assert.equal((await ann.view()).plan, 'pro');
      bank.now += 1;
      const { plan, available, unpaidSince } = await ann.view();
      assert.deepEqual([plan, available, unpaidSince, await ann.money()], ['free', 200_000, null, 2_000]);
    });

    it('brings no plan back with the money of an upgrade whose plan is over', async () => {
      await ann.buy('pro');
      bank.now = Date.parse('2026-02-27T09:00:00Z');
      await ann.buy('pro-9k', PAYS_ONCE);
      await ann.writer.submit('recordExport', { accountId: 'ann' });
      const asked = await ann.requestRefund();
      assert.ok(asked.kind === 'answered' && asked.status === 'waiting');
      bank.now = Date.parse('2026-03-05T09:00:00Z');
      assert.equal((await ann.view()).plan, 'free');
      assert.equal((await ann.decideRefund(asked.id ?? '', true)).kind, 'decided');
      const { plan, available } = await ann.view();
      assert.deepEqual([plan, available, await ann.money()], ['free', 300_000, 2_000]);
    });

    it('takes the money of an upgrade for no renewal that has become due since it was chosen', async () => {
      await ann.buy('pro', PAYS_ONCE);
      bank.now = Date.parse('2026-02-28T08:59:00Z');
      const chosen = await ann.choose('pro-40k');
      assert.ok(chosen.kind === 'pay' && chosen.for === 'upgrade');
      const { from: previousPlanId, planId, amount, currency } = chosen;
      await ann.writer.submit('openCheckout', { id: 'c', accountId: 'ann', previousPlanId, planId, amount, currency });
      bank.now += 2 * 60 * 1000;
      const card = { id: 'c', accountId: 'ann', card: '4242424242424242', confirmed: false };
      assert.equal((await ann.writer.submit('payCheckout', card)).kind, 'outOfDate');
      const { plan, available, unpaidSince } = await ann.view();
      assert.deepEqual([plan, available, await ann.money()], ['pro', 300_000, 2_000]);
      assert.ok(unpaidSince);
    });

    it('grants the rest when an unpaid renewal is paid, whatever was chosen', async () => {
      await ann.buy('pro', PAYS_ONCE);
      bank.now = Date.parse('2026-03-01T09:00:00Z');
      await ann.spend(100_000);
      await ann.buy('pro-9k');
      const { plan, available, allowance, unpaidSince } = await ann.view();
      assert.deepEqual([plan, available, allowance, unpaidSince], ['pro', 1_400_000, 1_500_000, null]);
      assert.equal(await ann.money(), 4_000);
      bank.now = Date.parse('2026-04-01T09:00:00Z');
      const next = await ann.view();
      assert.deepEqual([next.plan, next.available, await ann.money()], ['pro', 1_500_000, 6_000]);
    });

    it('puts an account on hold at a chargeback: no calls, no purchases, no refund by itself', async () => {
      await ann.buy('pro', DISPUTES);
      assert.equal((await ann.view()).frozen, true);
      assert.equal((await ann.tryStart(1_000)).kind, 'frozen');
      assert.equal((await ann.choose('pro-3k')).kind, 'onHold');
      const asked = await ann.requestRefund();
      assert.ok(asked.kind === 'answered' && asked.status === 'waiting' && asked.reason === 'on_hold');
      await ann.writer.submit('setHold', { accountId: 'ann', onHold: false });
      assert.ok(await ann.start(1_000));
    });

    it('gives nothing to whoever upgrades, spends, downgrades and asks back, again and again', async () => {
      let spent = 0;
      for (let cycle = 0; cycle < 6; cycle += 1) {
        const before = await ann.money();
        await ann.buy('pro');
        await ann.buy('pro-40k');
        const { available } = await ann.view();
        const part = Math.min(available, 3_850_000);
        await ann.spend(part);
        spent += part;
        await ann.choose('free');
        await ann.requestRefund();
        await ann.requestRefund();
        const paid = (await ann.money()) - before;
        assert.equal(paid, cycle === 0 ? 2_000 : cycle === 1 ? 53_300 - 2_000 : 0);
      }
      // What one refund a year lets through is a tenth of what was paid for.
      assert.ok(spent <= 300_000 + 1_500_000 + 3_850_000 + 38_500_000, `${spent}`);
    });

    it('counts projects on Free only, and keeps the last used active after a downgrade', async () => {
      const start = async (project: string): Promise<string> => (await ann.tryStart(10, { project })).kind;
      assert.deepEqual(
        [await start('one'), await start('two'), await start('one')],
        ['started', 'projectLimit', 'started'],
      );
      await ann.buy('pro');
      assert.deepEqual([await start('two'), await start('three')], ['started', 'started']);
      await ann.choose('free');
      bank.now += 40 * DAY;
      assert.deepEqual([await start('one'), await start('three')], ['projectLimit', 'started']);
      const activate = (projectId: string) => ann.writer.submit('activateProject', { accountId: 'ann', projectId });
      assert.equal((await activate('four')).kind, 'unknown');
      for (const projectId of ['one', 'two', 'three']) assert.equal((await activate(projectId)).kind, 'moved');
      assert.equal((await activate('one')).kind, 'tooManyMoves');
      assert.deepEqual([await start('one'), await start('three')], ['projectLimit', 'started']);
      bank.now += 40 * DAY;
      assert.equal((await activate('one')).kind, 'moved');
    });
  });
}
