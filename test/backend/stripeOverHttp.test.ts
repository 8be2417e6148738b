import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { plans } from '../../src/core/plans.ts';
import { AccountBody, SubscriptionBody } from '../../src/protocol/api.ts';
import { appHere, type AppHere } from '../support/appHere.ts';
import { eventually } from '../support/eventually.ts';
import { refusalOf } from '../support/meteredBackend.ts';
import { startBackend } from '../support/startBackend.ts';
import { priceOf, signed, StripeDouble } from '../support/stripeDouble.ts';

const SECRET = 'whsec_test';
const environment = { STRIPE_KEY: 'sk_test_1', STRIPE_WEBHOOK: SECRET };
const prices = Object.fromEntries(plans.slice(1).map(({ id }) => [id, priceOf(id)]));
const configured = {
  provider: 'stripe' as const,
  secretKeyEnv: 'STRIPE_KEY',
  webhookSecretEnv: 'STRIPE_WEBHOOK',
  prices,
};
const sandbox = { config: { provider: 'sandbox' as const }, environment };

/** Tells a backend what Stripe says. */
function tell(backend: { url: string }, body = '', signature = signed(body, SECRET)): Promise<Response> {
  const headers = { 'stripe-signature': signature };
  return fetch(`${backend.url}/webhooks/stripe`, { method: 'POST', body, headers });
}

describe('Stripe over HTTP', () => {
  let double: StripeDouble;
  let payments: { config: typeof configured & { apiBase: string }; environment: typeof environment };
  let app: AppHere;

  before(async () => {
    double = new StripeDouble(Date.now);
    payments = { config: { ...configured, apiBase: await double.listen() }, environment };
    app = await appHere({ payments: sandbox });
  });
  after(async () => {
    await app.dispose();
    assert.deepEqual(double.refused, []);
  });

  const account = async (): Promise<AccountBody> => AccountBody.parse(await app.json('/v1/account'));
  const choose = async (planId: string): Promise<SubscriptionBody> =>
    SubscriptionBody.parse(await app.json('/v1/subscription', { json: { planId } }));
  const refusalTo = async (planId: string) => refusalOf(await app.request('/v1/subscription', { json: { planId } }));

  it('sells nothing for a practice card whose checkout was opened before, and ends what one bought', async () => {
    const pay = (url: string) =>
      fetch(url, { method: 'POST', body: new URLSearchParams({ card: '4242 4242 4242 4242' }) });
    const bought = await choose('pro');
    assert.ok(bought.kind === 'checkout');
    assert.equal((await pay(bought.url)).status, 200);
    const opened = await choose('pro-3k');
    assert.ok(opened.kind === 'checkout');
    await app.close();
    app = await appHere({ payments, dataDir: app.dataDir });
    const address = `${app.url}${new URL(opened.url).pathname}`;
    assert.deepEqual([(await fetch(address)).status, (await pay(address)).status], [404, 404]);
    const { plan, planIsPractice, scheduledChange } = await account();
    assert.deepEqual([plan.id, planIsPractice, scheduledChange?.planId], ['pro', true, 'free']);
    const kept = await refusalOf(await app.request('/v1/subscription/scheduled', { method: 'DELETE' }));
    assert.deepEqual([kept.status, kept.code], [422, 'invalid_request']);
    assert.match(kept.message, /^A practice card paid for this plan, which ends with its period\./);
  });

  it('takes payments, and leads to cards and invoices', async () => {
    const chosen = await choose('pro');
    assert.ok(chosen.kind === 'checkout');
    double.payCheckout(chosen.url);
    const body = double.events.at(-1)?.body;
    assert.equal((await tell(app, body, 't=1,v1=00')).status, 401);
    assert.equal((await account()).planIsPractice, true);
    assert.equal((await tell(app, body)).status, 200);
    const { plan, planIsPractice } = await account();
    assert.deepEqual([plan.id, planIsPractice], ['pro', undefined]);
    assert.match(JSON.stringify(await app.json('/v1/billing', { json: {} })), /billing/);
    assert.deepEqual(await choose('pro-3k'), { kind: 'changed' });
    assert.equal((await account()).balance.available, 3_000_000);
  });

  it('says which of two upgrades at once was given back', async () => {
    const [one, other] = await Promise.all(
      ['pro-6k', 'pro-9k'].map((planId) => app.request('/v1/subscription', { json: { planId } })),
    );
    assert.ok(one && other);
    const late = one.status === 200 ? other : one;
    assert.deepEqual([one.status, other.status].sort(), [200, 422]);
    const { name } = (await account()).plan;
    assert.equal(
      (await refusalOf(late)).message,
      `Another payment came first, and your plan is ${name}. What was paid after it goes back.`,
    );
    for (const { body } of double.events) assert.equal((await tell(app, body)).status, 200);
    assert.equal(double.books.money, plans.find((plan) => plan.name === name)?.price.amount);
  });

  it('says what has not changed where Stripe is silent, and that it has ended a plan', async () => {
    const [contract] = double.books.contracts.values();
    assert.ok(contract);
    await double.close();
    const unheard = await refusalTo('pro-40k');
    assert.deepEqual([unheard.status, unheard.code], [502, 'upstream_failed']);
    await choose('free');
    await eventually(() => assert.match(app.log(), /ECONNREFUSED/));
    double.cancel(contract);
    assert.equal((await tell(app, double.events.at(-1)?.body)).status, 200);
    const tooLate = await refusalOf(await app.request('/v1/subscription/scheduled', { method: 'DELETE' }));
    assert.deepEqual([tooLate.status, tooLate.code], [422, 'invalid_request']);
    assert.match(tooLate.message, /^The payment provider has ended this plan\. You keep it until its period ends/);
  });

  it('is not left for practice cards again', async () => {
    await app.close();
    await assert.rejects(appHere({ payments: sandbox, dataDir: app.dataDir }), /Set it to stripe, or practise on/);
    app = await appHere({ payments, dataDir: app.dataDir });
  });
});

describe('Stripe in a process', () => {
  it('is what its configuration says', async () => {
    const double = new StripeDouble(Date.now);
    const config = { payments: { ...configured, apiBase: await double.listen() } };
    const backend = await startBackend({ config, environment });
    const chosen = SubscriptionBody.parse(await backend.json('/v1/subscription', { json: { planId: 'pro' } }));
    assert.ok(chosen.kind === 'checkout');
    double.payCheckout(chosen.url);
    assert.equal((await tell(backend, double.events.at(-1)?.body)).status, 200);
    assert.equal(AccountBody.parse(await backend.json('/v1/account')).plan.id, 'pro');
    await backend.dispose();
    await double.close();
    assert.deepEqual(double.refused, []);
  });
});
