import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { AccountDesk, TestBank } from '../support/accountDesk.ts';
import { testDatabases, type TestDatabase } from '../support/testDatabases.ts';

const DAY = 24 * 60 * 60 * 1000;
const PAYS = '4242424242424242';

for (const { name, create } of testDatabases) {
  describe(`a plan that the operator gave, on ${name}`, () => {
    let place: TestDatabase;
    let bank: TestBank;
    let ann: AccountDesk;

    beforeEach(async () => {
      place = await create();
      bank = new TestBank(await openDatabase(place.url), Date.parse('2026-01-31T09:00:00Z'));
      ann = new AccountDesk(bank, 'ann');
      await ann.open('pro-3k');
    });
    afterEach(async () => {
      await ann.proveInvoices();
      await bank.close();
      place.dispose();
    });

    const seen = async () => {
      const { plan, given, available, scheduled, unpaidSince } = await ann.view();
      return [plan, given, available, scheduled, unpaidSince];
    };
    const invoices = async (): Promise<string[]> => {
      const found = await bank.database.query.selectFrom('invoices').select(['kind', 'amount']).execute();
      return found.map(({ kind, amount }) => `${kind} ${amount}`);
    };
    const answered = async () => {
      const answer = await ann.requestRefund();
      return answer.kind === 'answered' ? [answer.status, answer.reason] : [answer.kind];
    };

    it('begins anew every month with all its tokens, and nobody pays for it', async () => {
      await ann.spend(2_000_000);
      for (const month of ['2026-02-28', '2026-03-31', '2026-07-31']) {
        bank.now = Date.parse(`${month}T09:00:00Z`);
        assert.deepEqual(await seen(), ['pro-3k', true, 3_000_000, null, null]);
      }
      assert.deepEqual(await invoices(), []);
    });

    it('can’t be given back, as nothing was paid', async () => {
      assert.deepEqual(await answered(), ['refused', 'given']);
      bank.now += 40 * DAY;
      assert.deepEqual(await answered(), ['refused', 'given']);
      assert.deepEqual(await seen(), ['pro-3k', true, 3_000_000, null, null]);
    });

    it('stays given when a cheaper one is chosen for the end of the period, which begins with all of that', async () => {
      await ann.choose('pro');
      assert.deepEqual(await seen(), ['pro-3k', true, 3_000_000, 'pro', null]);
      await ann.choose('pro-3k');
      bank.now = Date.parse('2026-02-28T09:00:00Z');
      assert.deepEqual(await seen(), ['pro-3k', true, 3_000_000, null, null]);
      await ann.choose('pro');
      bank.now = Date.parse('2026-03-31T09:00:00Z');
      assert.deepEqual(await seen(), ['pro', true, 1_500_000, null, null]);
      await ann.choose('free');
      bank.now = Date.parse('2026-04-30T09:00:00Z');
      assert.deepEqual(await seen(), ['free', false, 300_000, null, null]);
      await ann.buy('pro');
      bank.now = Date.parse('2026-05-31T09:00:00Z');
      assert.deepEqual(await seen(), ['pro', false, 1_500_000, null, null]);
      assert.equal(await ann.money(), 4_000);
    });

    it('is no money: a dearer one costs its whole price, and is renewed by payments from then on', async () => {
      bank.now += DAY;
      await ann.spend(1_000_000);
      await ann.buy('pro-6k');
      assert.deepEqual(await seen(), ['pro-6k', false, 6_000_000, null, null]);
      assert.deepEqual(await invoices(), ['purchase 8000']);
      await ann.buy('pro-9k');
      assert.equal(await ann.money(), 12_000);
      bank.now = Date.parse('2026-03-01T09:00:00Z');
      assert.deepEqual(await seen(), ['pro-9k', false, 9_000_000, null, null]);
      assert.equal(await ann.money(), 24_000);
    });

    it('comes back when the purchase after it is given back, less all that was charged', async () => {
      await ann.spend(500_000);
      bank.now += 5 * DAY;
      await ann.buy('pro-6k');
      await ann.spend(100_000);
      assert.deepEqual(await answered(), ['approved', 'little_used']);
      assert.deepEqual(await seen(), ['pro-3k', true, 2_400_000, null, null]);
      const { allowance, used, periodStart } = await ann.view();
      const start = Date.parse('2026-01-31T09:00:00Z');
      assert.deepEqual([allowance, used, periodStart], [3_000_000, 600_000, start]);
      assert.deepEqual([await answered(), await ann.money()], [['refused', 'given'], 0]);
      bank.now = Date.parse('2026-02-28T09:00:00Z');
      assert.deepEqual(await seen(), ['pro-3k', true, 3_000_000, null, null]);
    });

    it('takes the place of what was paid for, whose money can go back without it', async () => {
      await ann.buy('pro-6k');
      await ann.choose('pro');
      await ann.give('pro-9k');
      assert.deepEqual(await seen(), ['pro-9k', true, 9_000_000, null, null]);
      assert.deepEqual(await answered(), ['approved', 'little_used']);
      assert.deepEqual(await seen(), ['pro-9k', true, 9_000_000, null, null]);
      assert.equal(await ann.money(), 0);
      await ann.give('free');
      assert.deepEqual(await seen(), ['free', false, 300_000, null, null]);
    });

    it('is nothing that a checkout could be paid for that was opened before it', async () => {
      const checkout = (await ann.order('pro-6k')) ?? '';
      await ann.give('pro-9k');
      assert.equal(await ann.pay(checkout, PAYS), 'outOfDate');
      await ann.give('pro');
      assert.equal(await ann.pay(checkout, PAYS), 'paid');
      assert.deepEqual(await seen(), ['pro-6k', false, 6_000_000, null, null]);
    });
  });
}
