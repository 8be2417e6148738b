import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { formerPayments } from '../../src/backend/payments/formerPayments.ts';
import { AccountDesk, planOf, TestBank } from '../support/accountDesk.ts';
import { StripeDesk } from '../support/stripeDesk.ts';
import { testDatabases, type TestDatabase } from '../support/testDatabases.ts';

const DAY = 24 * 60 * 60 * 1000;
const PAYS_ONCE = '4000000000000341';

for (const { name, create } of testDatabases) {
  describe(`a database that practised before Stripe took money, on ${name}`, () => {
    let place: TestDatabase;
    let bank: TestBank;
    let ann: AccountDesk;
    let stripe: StripeDesk;

    beforeEach(async () => {
      place = await create();
      bank = new TestBank(await openDatabase(place.url), Date.parse('2026-01-31T09:00:00Z'));
      ann = new AccountDesk(bank, 'ann');
      await ann.open();
      stripe = await StripeDesk.open(ann);
    });
    afterEach(async () => {
      await stripe.follow();
      await stripe.close();
      await bank.close();
      place.dispose();
    });

    const switchToStripe = () => formerPayments.endPractice({ query: bank.database.query, writer: bank.writer });
    const seen = async (desk = ann) => {
      const { plan, given, available, scheduled, unpaidSince } = await desk.view();
      return [plan, given, available, scheduled, unpaidSince];
    };
    const answered = async () => {
      const answer = await ann.requestRefund();
      return answer.kind === 'answered' ? [answer.status, answer.reason, answer.money] : [answer.kind];
    };
    it('lets practice plans run out with their period, and nobody renews them', async () => {
      const [bob, eve] = [new AccountDesk(bank, 'bob'), new AccountDesk(bank, 'eve')];
      await bob.open();
      await eve.open('pro-6k');
      await ann.buy('pro');
      await bob.buy('pro-3k', PAYS_ONCE);
      bank.now = Date.parse('2026-02-28T09:00:00Z') + DAY;
      assert.deepEqual((await seen(bob)).slice(0, 3), ['pro-3k', false, 300_000]);
      await switchToStripe();
      // Ann has not been looked at since her month ended.
      assert.deepEqual(await seen(), ['free', false, 300_000, null, null]);
      assert.deepEqual(await seen(bob), ['pro-3k', false, 300_000, 'free', null]);
      bank.now += 5 * DAY;
      assert.deepEqual(await seen(bob), ['pro-3k', false, 300_000, 'free', null], 'nobody owes it');
      bank.now = Date.parse('2026-03-31T09:00:01Z');
      assert.deepEqual(await seen(bob), ['free', false, 300_000, null, null]);
      assert.deepEqual(await seen(eve), ['pro-6k', true, 6_000_000, null, null], 'a given plan stays');
      assert.equal(await ann.money(), 2_000);
    });

    it('keeps no practice plan for whoever calls its end off', async () => {
      await ann.buy('pro-3k');
      const { periodEnd: at } = await ann.view();
      await switchToStripe();
      assert.deepEqual(await bank.writer.submit('callOffChange', { accountId: 'ann' }), { kind: 'practice', at });
      assert.deepEqual(await ann.choose('free'), { kind: 'scheduled', at });
      assert.deepEqual(await seen(), ['pro-3k', false, 3_000_000, 'free', null]);
    });

    it('sells any plan whole, the one from practice too, and falls back to Free when that is given back', async () => {
      for (const planId of ['pro-6k', 'pro-3k', 'pro'] as const) {
        await ann.give('free');
        await ann.buy('pro-3k');
        await switchToStripe();
        await stripe.buy(planId);
        assert.equal(stripe.money, planOf(planId).price.amount);
        assert.deepEqual(await seen(), [planId, false, planOf(planId).allowance, null, null]);
        const paid = { amount: planOf(planId).price.amount, currency: 'USD' };
        assert.deepEqual(await answered(), ['approved', 'little_used', paid], 'practice refunds are none');
        assert.deepEqual((await seen()).slice(0, 2), ['free', false]);
        await stripe.follow();
        assert.equal(stripe.money, 0);
        bank.now += 366 * DAY;
      }
    });

    it('gives no practice money back, whatever was asked or granted before', async () => {
      const first = await ann.buy('pro');
      await ann.requestRefund();
      const second = await ann.buy('pro');
      assert.deepEqual((await answered()).slice(0, 2), ['waiting', 'refunded_before']);
      await switchToStripe();
      assert.deepEqual(await answered(), ['refused', 'practice', null]);
      assert.equal((await ann.decideRefund(`sandbox:${second}`, true)).kind, 'notWaiting');
      const rows = await bank.database.query
        .selectFrom('refunds')
        .select(['invoice_id as id', 'status', 'reason', 'money_sent as sent'])
        .execute();
      assert.deepEqual(rows.map(({ id, status, reason, sent }) => `${id} ${status} ${reason} ${sent}`).sort(), [
        `sandbox:${first} approved little_used 1`,
        `sandbox:${second} refused practice 1`,
      ]);
    });

    it('counts no practice refund against the first refund of money', async () => {
      await ann.buy('pro');
      await ann.requestRefund();
      await switchToStripe();
      await stripe.buy('pro');
      assert.deepEqual((await answered()).slice(0, 2), ['approved', 'little_used']);
      await stripe.follow();
    });

    it('is settled once: a later start leaves what money paid for as it is', async () => {
      await ann.buy('pro');
      await switchToStripe();
      await stripe.buy('pro-3k');
      const before = await ann.view();
      await switchToStripe();
      assert.deepEqual(await ann.view(), before);
      assert.deepEqual((await answered()).slice(0, 2), ['approved', 'little_used']);
      await switchToStripe();
      assert.deepEqual((await answered()).slice(0, 2), ['refused', 'practice'], 'of the payment before it');
      await stripe.follow();
    });

    it('is not practised on again, once money was taken', async () => {
      const { query } = bank.database;
      await ann.buy('pro');
      await formerPayments.refuseMoney(query);
      await switchToStripe();
      await stripe.buy('pro');
      await assert.rejects(formerPayments.refuseMoney(query), /people have paid at Stripe .* Set it to stripe/);
    });
  });
}
