import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import {
  AccountBody,
  EstimateBody,
  ModelsBody,
  NewKeyBody,
  PlansBody,
  SubscriptionBody,
} from '../../src/protocol/api.ts';
import { operations } from '../../src/backend/http/openApi.ts';
import { accountsTold, nextAccount } from '../support/accountsTold.ts';
import { runAdmin, startBackend, type TestBackend } from '../support/startBackend.ts';

describe('the account', () => {
  let backend: TestBackend;

  before(async () => {
    backend = await startBackend({ config: {} });
  });
  after(() => backend.dispose());

  const account = async (): Promise<AccountBody> => AccountBody.parse(await backend.json('/v1/account'));
  const choose = async (planId: string): Promise<SubscriptionBody> =>
    SubscriptionBody.parse(await backend.json('/v1/subscription', { json: { planId } }));
  const checkoutOf = async (planId: string): Promise<string> => {
    const chosen = await choose(planId);
    assert.ok(chosen.kind === 'checkout');
    return chosen.url;
  };
  const pay = async (url: string, form: Record<string, string>): Promise<string> =>
    (await fetch(url, { method: 'POST', body: new URLSearchParams(form) })).text();
  const card = (number: string) => ({ card: number, expiry: '12 / 34', cvc: '123' });

  it('has the free plan from the first second', async () => {
    const { plan, balance, warning, entitlements, period } = await account();
    assert.deepEqual(plan, { id: 'free', name: 'Free' });
    assert.deepEqual(balance, { available: 300_000, held: 0, allowance: 300_000, used: 0 });
    assert.equal(warning, null);
    assert.deepEqual(entitlements, { publish: true, codeExport: false, projects: 1 });
    assert.ok(period.start < period.end);
  });

  it('is shown to nobody without its key', async () => {
    for (const authorization of ['', 'Bearer', 'Bearer wrong', `Basic ${backend.key}`]) {
      const answer = await backend.request('/v1/account', { headers: { authorization } });
      assert.equal(answer.status, 401);
    }
  });

  it('sets no budget without a checkout where the person pays for no model', async () => {
    assert.equal((await account()).setsOwnBudget, undefined);
    const answer = await backend.request('/v1/subscription', { json: { planId: 'pro', budget: true } });
    assert.equal(answer.status, 422);
    assert.equal((await account()).plan.id, 'free');
  });

  it('has keys for other clients too', async () => {
    const { key } = NewKeyBody.parse(await backend.json('/v1/keys', { json: { name: 'Zed' } }));
    const answer = await backend.request('/v1/account', { headers: { authorization: `Bearer ${key}` } });
    assert.equal(AccountBody.parse(await answer.json()).account.id, 'local');
  });

  it('is told at once, and again after a change by another process', async () => {
    const told = accountsTold(backend);
    assert.equal((await nextAccount(told)).balance.available, 300_000);
    const granted = await runAdmin(backend.dataDir, ['grants', 'add', 'local', '1000', '--reason', 'test', '--json']);
    assert.equal(granted.code, 0);
    assert.equal((await nextAccount(told)).balance.available, 301_000);
    await told.return(undefined);
  });

  it('buys a plan on the practice page, with its tokens at once and a new period', async () => {
    const told = accountsTold(backend);
    await nextAccount(told);
    const url = await checkoutOf('pro');
    assert.ok(url.startsWith(`${backend.url}/checkout/`));
    const page = await fetch(url);
    const html = await page.text();
    assert.match(html, /Practice checkout\. No money moves\./);
    assert.match(html, /Pay \$20\.00/);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.doesNotMatch(html, /<script/);

    const declined = await pay(url, card('4000 0000 0000 0002'));
    assert.match(declined, /The card was declined\. Your plan hasn't changed\./);
    assert.ok(declined.includes(`<a href="${(await account()).supportUrl}">Support</a>`));
    for (const other of ['5555 5555 5555 4444', '4242', '4242 4200 0000 0000', '0002']) {
      assert.match(await pay(url, card(other)), /Only practice cards/);
    }
    assert.equal((await account()).plan.id, 'free');
    assert.match(await pay(url, card('4242 4242 4242 4242')), /Pro is active\. You can close this window/);
    const { plan, balance } = await nextAccount(told);
    assert.equal(plan.id, 'pro');
    assert.deepEqual(balance, { available: 1_500_000, held: 0, allowance: 1_500_000, used: 0 });

    assert.match(await pay(url, card('4242 4242 4242 4242')), /is active/);
    assert.equal((await account()).balance.available, 1_500_000);
    await told.return(undefined);
  });

  it('goes to a dearer plan for the difference, in two steps where the card asks', async () => {
    const { period } = await account();
    const url = await checkoutOf('pro-3k');
    assert.match(await pay(url, { confirmed: 'yes' }), /Only practice cards/);
    assert.match(await pay(url, card('4000 0025 0000 3155')), /Confirm \$20\.00/);
    assert.equal((await account()).plan.id, 'pro');
    assert.match(await pay(url, { confirmed: 'yes' }), /Pro 3K is active/);
    const now = await account();
    assert.deepEqual([now.plan.id, now.balance.available, now.balance.allowance], ['pro-3k', 3_000_000, 3_000_000]);
    assert.deepEqual(now.period, period);
  });

  it('schedules a cheaper plan for the end of the period, and calls it off', async () => {
    const { period } = await account();
    assert.deepEqual(await choose('pro'), { kind: 'scheduled', at: period.end });
    assert.deepEqual((await account()).scheduledChange, { planId: 'pro', at: period.end });
    assert.deepEqual(await choose('pro-3k'), { kind: 'changed' });
    assert.equal((await account()).scheduledChange, null);
    await choose('free');
    assert.equal((await backend.request('/v1/subscription/scheduled', { method: 'DELETE' })).status, 200);
    assert.equal((await account()).scheduledChange, null);
    assert.equal((await backend.request('/v1/subscription', { json: { planId: 'gold' } })).status, 422);
  });

  it('pays a checkout only while its price is right', async () => {
    const [first, second] = [await checkoutOf('pro-6k'), await checkoutOf('pro-9k')];
    assert.match(await pay(first, card('4242424242424242')), /is active/);
    assert.match(await pay(second, card('4242424242424242')), /nothing was paid/);
    assert.equal((await account()).balance.allowance, 6_000_000);
    assert.equal((await fetch(`${backend.url}/checkout/none`)).status, 404);
  });

  it('lists plans, models and estimates in the shapes of the contract', async () => {
    const { plans, rateCard } = PlansBody.parse(await backend.json('/v1/plans'));
    assert.deepEqual([plans.length, rateCard.message], [8, 250]);
    const { data } = ModelsBody.parse(await backend.json('/v1/models'));
    assert.equal(data[0]?.id, 'builder');
    const asked = { model: 'builder', prompt: 'Create a users table', contextTokens: 1_000 };
    const { low, likely, high, stopsAt } = EstimateBody.parse(await backend.json('/v1/estimate', { json: asked }));
    assert.ok(low < likely && likely < high && high <= stopsAt);
    for (const wrong of [{ kind: 'poem' }, { contextTokens: Number.MAX_SAFE_INTEGER }]) {
      assert.equal((await backend.request('/v1/estimate', { json: { ...asked, ...wrong } })).status, 422);
    }
  });

  it('serves every route that it describes, and says 405 and 404 elsewhere', async () => {
    const { openapi, paths } = await backend.json<{ openapi: string; paths: Record<string, object> }>('/openapi.json');
    assert.equal(openapi, '3.1.0');
    assert.ok('/v1/generations/{id}/stop' in paths);
    for (const { method, path } of operations) {
      const abort = new AbortController();
      const route = path.replace(':id', 'none');
      const answer = await backend.request(route, {
        method: method.toUpperCase(),
        signal: abort.signal,
        headers: { authorization: '' },
      });
      assert.ok(answer.status !== 405, `${method} ${path} is ${answer.status}`);
      abort.abort();
      assert.equal((await backend.request(route, { method: 'PATCH' })).status, 405);
    }
    assert.equal((await backend.request('/v1/nothing')).status, 404);
    assert.match(await (await backend.request('/metrics')).text(), /tokenfare_http_requests_total/);
  });
});
