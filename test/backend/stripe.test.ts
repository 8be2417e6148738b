import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { ProviderFollower } from '../../src/backend/payments/providerFollower.ts';
import { StripePayments } from '../../src/backend/payments/stripePayments.ts';
import { plans } from '../../src/core/plans.ts';
import { AccountDesk, planOf, TestBank } from '../support/accountDesk.ts';
import { priceOf, signed, StripeDouble, type StripeEvent } from '../support/stripeDouble.ts';
import type { Contract } from '../support/stripeBooks.ts';
import { refusedParameter } from '../support/stripeParameters.ts';
import { testDatabases, type TestDatabase } from '../support/testDatabases.ts';

const DAY = 24 * 60 * 60 * 1000;
const SECRET = 'whsec_test';
const prices = Object.fromEntries(plans.slice(1).map(({ id }) => [id, priceOf(id)]));

for (const { name, create } of testDatabases) {
  describe(`Stripe on ${name}`, () => {
    let place: TestDatabase;
    let bank: TestBank;
    let ann: AccountDesk;
    let double: StripeDouble;
    let stripe: StripePayments;
    let follower: ProviderFollower;
    let told: number;

    beforeEach(async () => {
      place = await create();
      bank = new TestBank(await openDatabase(place.url), Date.parse('2026-01-31T09:00:00Z'));
      ann = new AccountDesk(bank, 'ann');
      await ann.open();
      bank.now += DAY;
      told = 0;
      double = new StripeDouble(() => bank.now);
      const apiBase = await double.listen();
      const { query } = bank.database;
      const deps = { writer: bank.writer, query, publicUrl: () => 'https://tokenfare.example.com' };
      stripe = new StripePayments({ ...deps, secretKey: 'sk_test_1', webhookSecret: SECRET, prices, apiBase });
      follower = new ProviderFollower({ ...deps, payments: stripe, onFault: assert.ifError });
    });
    afterEach(async () => {
      await follower.close();
      await double.close();
      await ann.proveInvoices();
      assert.deepEqual([double.refused, double.books.money], [[], await ann.money()]);
      await bank.close();
      place.dispose();
    });

    const collect = async (planId: string): Promise<string | null> => {
      const chosen = await ann.choose(planId);
      assert.ok(chosen.kind === 'pay');
      const { for: kind, from, amount, currency } = chosen;
      return stripe.collect({ accountId: ann.accountId, kind, plan: planOf(chosen.planId), from, amount, currency });
    };
    const deliver = ({ body }: StripeEvent) => stripe.receive(body, signed(body, SECRET));
    /** Everything that has not been told yet. */
    const deliverNews = async (): Promise<void> => {
      for (; told < double.events.length; told += 1) {
        const event = double.events[told];
        assert.equal(event && (await deliver(event)), 'done');
      }
    };
    const follow = async (): Promise<void> => {
      await follower.look();
      await deliverNews();
    };
    const buy = async (planId: string): Promise<Contract> => {
      const contract = double.payCheckout((await collect(planId)) ?? '');
      await deliverNews();
      return contract;
    };
    const seen = async () => {
      const { plan, available, scheduled, unpaidSince } = await ann.view();
      return [plan, available, scheduled, unpaidSince];
    };

    it('sells a plan by Checkout, and grants it once however often it is told', async () => {
      const contract = await buy('pro');
      assert.deepEqual(await seen(), ['pro', 1_500_000, null, null]);
      assert.equal((await ann.view()).periodEnd, contract.end * 1000);
      const [paid] = double.events;
      assert.ok(paid);
      assert.deepEqual(await Promise.all([deliver(paid), deliver(paid)]), ['done', 'done']);
      const renamed = { ...paid, body: paid.body.replace('"evt_', '"evt_other_') };
      assert.equal(await deliver(renamed), 'done');
      assert.equal((await ann.view()).allowance, 1_500_000);
      assert.match((await stripe.portal('ann')) ?? '', /billing/);
    });

    it('believes nobody else, and nothing that was changed on its way', async () => {
      double.payCheckout((await collect('pro')) ?? '');
      const [{ body } = { body: '' }] = double.events;
      assert.equal(await stripe.receive(body, signed(body, 'whsec_other')), 'forged');
      assert.equal(await stripe.receive(body.replace('pro', 'pro-40k'), signed(body, SECRET)), 'forged');
      assert.equal(await stripe.receive(body, ''), 'forged');
      assert.equal((await ann.view()).plan, 'free');
      await deliverNews();
    });

    it('sells a dearer plan whole where the operator gave the one before, and the next for the difference', async () => {
      ann = new AccountDesk(bank, 'eve');
      await ann.open('pro');
      const urls = [await collect('pro-3k'), await collect('pro-3k')];
      assert.deepEqual((await seen()).slice(0, 2), ['pro', 1_500_000]);
      const [contract, second] = urls.map((url) => double.payCheckout(url ?? ''));
      await deliverNews();
      assert.deepEqual([await seen(), second?.status], [['pro-3k', 3_000_000, null, null], 'canceled']);
      assert.equal((await ann.view()).periodEnd, (contract?.end ?? 0) * 1000);
      assert.equal(await collect('pro-6k'), null);
      await follow();
      assert.deepEqual([(await ann.view()).allowance, contract?.price], [6_000_000, priceOf('pro-6k')]);
      await ann.requestRefund();
      await follow();
      assert.deepEqual([(await ann.view()).plan, double.books.money], ['pro-3k', 4_000]);
    });

    it('takes the whole difference for a dearer plan at once, and keeps the contract at its new price', async () => {
      const contract = await buy('pro');
      const { periodEnd } = await ann.view();
      bank.now += 5 * DAY;
      assert.equal(await collect('pro-3k'), null);
      assert.deepEqual(await seen(), ['pro-3k', 3_000_000, null, null]);
      await follow();
      assert.equal((await ann.view()).allowance, 3_000_000);
      assert.deepEqual([contract.price, contract.schedule], [priceOf('pro-3k'), null]);
      assert.equal((await ann.view()).periodEnd, periodEnd);
    });

    it('leads to the invoice where the card is declined, and changes nothing until it is paid', async () => {
      await buy('pro');
      double.declines = true;
      const url = await collect('pro-3k');
      assert.match(url ?? '', /invoice/);
      assert.equal(await collect('pro-3k'), url);
      assert.deepEqual(await seen(), ['pro', 1_500_000, null, null]);
      const open = [...double.books.invoices.values()].find(({ status }) => status === 'open');
      assert.ok(open);
      double.pay(open);
      await deliverNews();
      assert.equal((await ann.view()).plan, 'pro-3k');
      await follow();
    });

    it('pays the same invoice with the new card, once its person has another', async () => {
      const contract = await buy('pro');
      double.declinedCard = contract.card;
      assert.match((await collect('pro-3k')) ?? '', /invoice/);
      contract.card = 'pm_2';
      assert.equal(await collect('pro-3k'), null);
      assert.deepEqual((await seen()).slice(0, 2), ['pro-3k', 3_000_000]);
      assert.equal(double.books.invoices.size, 2);
      await follow();
    });

    it('takes an upgrade once that two windows choose at once, and of two upgrades the first', async () => {
      await buy('pro');
      assert.deepEqual(await Promise.all([collect('pro-3k'), collect('pro-3k')]), [null, null]);
      await follow();
      assert.deepEqual([(await seen())[0], double.books.money], ['pro-3k', 4_000]);
      await Promise.all([collect('pro-6k'), collect('pro-9k')]);
      await follow();
      const { plan, allowance } = await ann.view();
      assert.deepEqual([planOf(plan).allowance, planOf(plan).price.amount], [allowance, double.books.money]);
    });

    it('schedules a cheaper plan for the end of the period, and calls it off', async () => {
      const contract = await buy('pro-3k');
      await ann.choose('pro');
      await follow();
      assert.ok(contract.schedule);
      await ann.choose('pro-3k');
      await follow();
      assert.equal(contract.schedule, null);
      await ann.choose('pro');
      await follow();
      bank.now = contract.end * 1000 + 1;
      double.renew(contract);
      await deliverNews();
      assert.deepEqual(await seen(), ['pro', 1_500_000, null, null]);
      await follow();
      assert.deepEqual([contract.price, contract.status], [priceOf('pro'), 'active']);
    });

    it('ends the contract with the period when Free is chosen', async () => {
      const contract = await buy('pro');
      await ann.choose('free');
      await follow();
      assert.equal(contract.cancelAtEnd, true);
      double.renew(contract);
      await deliverNews();
      assert.equal((await ann.view()).plan, 'pro');
      bank.now = contract.end * 1000;
      assert.deepEqual(await seen(), ['free', 300_000, null, null]);
      await follow();
    });

    it('lets a plan run out that Stripe has ended early, and sells the next one after that', async () => {
      const contract = await buy('pro');
      const { periodEnd } = await ann.view();
      await ann.choose('free');
      await follow();
      double.cancel(contract);
      await deliverNews();
      for (const plan of ['pro-3k', 'pro']) assert.deepEqual(await ann.choose(plan), { kind: 'ended', at: periodEnd });
      const calledOff = await bank.writer.submit('callOffChange', { accountId: 'ann' });
      assert.deepEqual(calledOff, { kind: 'ended', at: periodEnd });
      assert.deepEqual(await seen(), ['pro', 1_500_000, 'free', null]);
      bank.now = periodEnd;
      assert.deepEqual(await seen(), ['free', 300_000, null, null]);
      await buy('pro-3k');
      assert.deepEqual((await seen()).slice(0, 2), ['pro-3k', 3_000_000]);
    });

    it('renews when Stripe says that it is paid, and not before the period has begun here', async () => {
      const contract = await buy('pro');
      bank.now = contract.end * 1000 - 1;
      double.renew(contract);
      const paid = double.events.at(-1);
      assert.ok(paid);
      assert.equal(await deliver(paid), 'later');
      bank.now += 2 * 60 * 60 * 1000;
      assert.deepEqual((await seen()).slice(0, 2), ['pro', 300_000]);
      await deliverNews();
      assert.deepEqual(await seen(), ['pro', 1_500_000, null, null]);
    });

    it('is Free after three days without payment, voids what is open, and takes a late payment for what it is', async () => {
      const contract = await buy('pro');
      double.declines = true;
      bank.now = contract.end * 1000;
      const invoice = double.renew(contract);
      assert.ok(invoice);
      assert.deepEqual((await seen()).slice(0, 2), ['pro', 300_000]);
      assert.match((await collect('pro')) ?? '', /invoice/);
      bank.now += 3 * DAY;
      assert.deepEqual(await seen(), ['free', 300_000, null, null]);
      // The money was on its way: it comes before anybody could tell Stripe.
      double.pay(invoice);
      await deliverNews();
      assert.deepEqual(await seen(), ['pro', 1_500_000, null, null]);
      const next = contract.end * 1000;
      double.renew(contract);
      bank.now = next + 3 * DAY;
      assert.equal((await ann.view()).plan, 'free');
      await follow();
      assert.equal(contract.status, 'canceled');
      assert.ok([...double.books.invoices.values()].every(({ status }) => status === 'paid' || status === 'void'));
    });

    it('finds what was paid where its event is lost, before anybody pays again or a contract is ended', async () => {
      const contract = double.payCheckout((await collect('pro')) ?? '');
      assert.deepEqual((await seen()).slice(0, 2), ['free', 300_000]);
      assert.equal(await collect('pro'), null);
      assert.deepEqual([await seen(), double.books.money], [['pro', 1_500_000, null, null], 2_000]);
      bank.now = contract.end * 1000;
      double.renew(contract);
      assert.deepEqual((await seen()).slice(0, 2), ['pro', 300_000]);
      assert.equal(await collect('pro'), null);
      assert.deepEqual(await seen(), ['pro', 1_500_000, null, null]);
      bank.now = contract.end * 1000;
      double.renew(contract);
      bank.now += 4 * DAY;
      assert.equal((await ann.view()).plan, 'free');
      await follower.look();
      assert.deepEqual([await seen(), contract.status], [['pro', 1_500_000, null, null], 'active']);
      await deliverNews();
      assert.deepEqual([(await ann.view()).allowance, double.books.money], [1_500_000, 6_000]);
    });

    it('gives back the money of an upgrade that is paid only when the plan before it is owed', async () => {
      const contract = await buy('pro');
      double.declines = true;
      await collect('pro-40k');
      const upgrade = [...double.books.invoices.values()].find(({ status }) => status === 'open');
      bank.now = contract.end * 1000;
      const renewal = double.renew(contract);
      assert.ok(upgrade && renewal);
      double.pay(upgrade);
      await deliverNews();
      assert.deepEqual([(await seen()).slice(0, 2), double.books.money], [['pro', 300_000], 2_000]);
      double.pay(renewal);
      await deliverNews();
      assert.deepEqual(await seen(), ['pro', 1_500_000, null, null]);
    });

    it('gives the money back once, and ends the contract with it', async () => {
      const contract = await buy('pro');
      await ann.requestRefund();
      await follow();
      await follow();
      assert.deepEqual([double.books.money, contract.status], [0, 'canceled']);
      const again = await buy('pro');
      assert.deepEqual([(await ann.view()).plan, again.status], ['pro', 'active']);
    });

    it('puts the old price back when an upgrade is given back', async () => {
      const contract = await buy('pro');
      await collect('pro-3k');
      await follow();
      await ann.requestRefund();
      await follow();
      assert.deepEqual([contract.price, double.books.money], [priceOf('pro'), 2_000]);
    });

    it('gives back what is paid on a second checkout, and ends its contract', async () => {
      const urls = [await collect('pro'), await collect('pro-3k')];
      const [first, second] = urls.map((url) => double.payCheckout(url ?? ''));
      await deliverNews();
      await deliverNews();
      assert.deepEqual([first?.status, second?.status, double.books.money], ['active', 'canceled', 2_000]);
      assert.deepEqual(await seen(), ['pro', 1_500_000, null, null]);
    });

    it('is on hold while a payment is disputed, in whatever order that is told', async () => {
      await buy('pro');
      const [invoice] = double.books.invoices.values();
      assert.ok(invoice);
      const dispute = double.dispute(invoice, 'needs_response');
      await deliverNews();
      assert.equal((await ann.view()).frozen, true);
      double.dispute(invoice, 'won', dispute);
      const [opened, closed] = double.events.slice(-2);
      assert.ok(opened && closed);
      await deliver(closed);
      assert.equal((await ann.view()).frozen, false);
      await deliver({ ...opened, body: opened.body.replace('"evt_', '"evt_late_') });
      assert.equal((await ann.view()).frozen, false);
      double.dispute(invoice, 'lost');
      await deliverNews();
      assert.equal((await ann.view()).frozen, true);
    });

    it('is on hold until the last of several disputes is over', async () => {
      await buy('pro');
      const [invoice] = double.books.invoices.values();
      assert.ok(invoice);
      const [first, second] = [double.dispute(invoice, 'needs_response'), double.dispute(invoice, 'needs_response')];
      await deliverNews();
      double.dispute(invoice, 'won', second);
      await deliverNews();
      assert.equal((await ann.view()).frozen, true);
      double.dispute(invoice, 'won', first);
      await deliverNews();
      assert.equal((await ann.view()).frozen, false);
    });

    it('is done with a refund that somebody has given at Stripe by hand', async () => {
      await buy('pro');
      const [invoice] = double.books.invoices.values();
      double.books.refunds.set(invoice?.intent ?? '', 2_000);
      await ann.requestRefund();
      await follow();
      const sent = await bank.database.query.selectFrom('refunds').select('money_sent as sent').execute();
      assert.deepEqual([sent.map((row) => row.sent), double.books.money], [[1], 0]);
    });

    it('is on hold by a dispute after the refund, and sells nothing meanwhile', async () => {
      await buy('pro');
      await ann.requestRefund();
      await follow();
      const [invoice] = double.books.invoices.values();
      assert.ok(invoice);
      double.dispute(invoice, 'needs_response');
      await deliverNews();
      assert.deepEqual([(await ann.view()).frozen, (await ann.choose('pro')).kind], [true, 'onHold']);
      assert.deepEqual((await seen()).slice(0, 2), ['free', 300_000]);
    });
  });
}

describe('the double of Stripe', () => {
  it('refuses what the package does not declare', () => {
    const refused = (name: string, value: Parameters<typeof refusedParameter>[2]) =>
      refusedParameter('Invoices', name, value);
    assert.equal(refused('InvoiceCreateParams', { customer: 'c', automatic_tax: { enabled: 'true' } }), null);
    assert.match(refused('InvoiceCreateParams', { costumer: 'c' }) ?? '', /costumer: unknown/);
    assert.match(refused('InvoiceCreateParams', { automatic_tax: {} }) ?? '', /automatic_tax.enabled: missing/);
    assert.match(refused('InvoiceCreateParams', { auto_advance: 'perhaps' }) ?? '', /auto_advance/);
    assert.match(refused('InvoiceCreateParams', { collection_method: 'by_force' }) ?? '', /collection_method/);
    assert.match(refused('InvoiceListParams', { limit: 'ten' }) ?? '', /limit/);
  });
});
