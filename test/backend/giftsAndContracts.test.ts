import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createAdmin } from '../../src/backend/createAdmin.ts';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { AccountDesk, TestBank } from '../support/accountDesk.ts';
import { StripeDesk } from '../support/stripeDesk.ts';
import { testDatabases, type TestDatabase } from '../support/testDatabases.ts';

const DAY = 24 * 60 * 60 * 1000;

for (const { name, create } of testDatabases) {
  describe(`plans given and plans paid at Stripe, on ${name}`, () => {
    let place: TestDatabase;
    let bank: TestBank;
    let ann: AccountDesk;
    let stripe: StripeDesk;

    beforeEach(async () => {
      place = await create();
      bank = new TestBank(await openDatabase(place.url), Date.now() - DAY);
      ann = new AccountDesk(bank, 'ann');
      stripe = await StripeDesk.open(ann);
    });
    afterEach(async () => {
      await stripe.close();
      await ann.proveInvoices();
      await bank.close();
      place.dispose();
    });

    const seen = async () => {
      const { plan, given, available, scheduled } = await ann.view();
      return [plan, given, available, scheduled];
    };
    const give = async (planId: string): Promise<string> => {
      const admin = await createAdmin(place.url);
      const { text } = await admin.givePlan('ann', planId).finally(() => admin.close());
      bank.now = Date.now();
      return text;
    };
    const answered = async () => {
      const answer = await ann.requestRefund();
      return answer.kind === 'answered' ? [answer.status, answer.reason] : [answer.kind];
    };

    it('end a contract at Stripe when one is given to whoever pays, and its money can go back without it', async () => {
      await ann.open();
      const contract = await stripe.buy('pro');
      await ann.choose('free');
      await stripe.follow();
      assert.match(
        await give('pro-9k'),
        /nobody pays for it\. What it paid for ends now; its money goes back only by a/,
      );
      assert.deepEqual(await seen(), ['pro-9k', true, 9_000_000, null]);
      await stripe.follow();
      assert.deepEqual([contract.status, await seen()], ['canceled', ['pro-9k', true, 9_000_000, null]]);
      assert.deepEqual(await answered(), ['approved', 'little_used']);
      await stripe.follow();
      assert.deepEqual([stripe.money, await seen()], [0, ['pro-9k', true, 9_000_000, null]]);
      bank.now += 32 * DAY;
      assert.deepEqual(await seen(), ['pro-9k', true, 9_000_000, null]);
      assert.match(await give('free'), /nobody pays for it\.$/);
    });

    it('leave nothing to pay of a renewal that was open when one was given', async () => {
      bank.now -= 40 * DAY;
      await ann.open();
      const contract = await stripe.buy('pro');
      bank.now = contract.end * 1000;
      const open = stripe.renewUnpaid(contract);
      assert.equal((await ann.view()).unpaidSince, contract.start * 1000);
      await give('pro-3k');
      await stripe.follow();
      assert.deepEqual([open.status, contract.status], ['void', 'canceled']);
      assert.deepEqual([await seen(), (await ann.view()).unpaidSince], [['pro-3k', true, 3_000_000, null], null]);
    });

    it('come back where the one was given that was there before, when what was bought over it is given back', async () => {
      await ann.open('pro');
      await ann.spend(100_000);
      bank.now = Date.now();
      const contract = await stripe.buy('pro-3k');
      assert.deepEqual([await seen(), stripe.money], [['pro-3k', false, 3_000_000, null], 4_000]);
      await ann.spend(50_000);
      await ann.choose('free');
      assert.deepEqual(await answered(), ['approved', 'little_used']);
      assert.deepEqual(await seen(), ['pro', true, 1_350_000, null], 'less all that was charged');
      await stripe.follow();
      assert.deepEqual([contract.status, stripe.money, await answered()], ['canceled', 0, ['refused', 'given']]);
      assert.deepEqual(await seen(), ['pro', true, 1_350_000, null]);
      bank.now += 40 * DAY;
      assert.deepEqual(await seen(), ['pro', true, 1_500_000, null], 'it begins anew, and nobody pays');
      assert.equal(stripe.money, 0);
    });

    it('come back below an upgrade as well, payment by payment', async () => {
      await ann.open('pro');
      bank.now = Date.now();
      const contract = await stripe.buy('pro-3k');
      assert.equal(await stripe.collect('pro-6k'), null);
      await stripe.follow();
      assert.deepEqual(await answered(), ['approved', 'little_used']);
      assert.deepEqual([await seen(), contract.status], [['pro-3k', false, 3_000_000, null], 'active']);
      const second = await ann.requestRefund();
      assert.ok(second.kind === 'answered');
      assert.deepEqual([second.status, second.reason], ['waiting', 'refunded_before']);
      await ann.decideRefund(second.id ?? '', true);
      await stripe.follow();
      assert.deepEqual([await seen(), contract.status, stripe.money], [['pro', true, 1_500_000, null], 'canceled', 0]);
    });
  });
}
