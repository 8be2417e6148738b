import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { AccountBody, ExportBody, RefundBody, SubscriptionBody } from '../../src/protocol/api.ts';
import { ask, refusalOf, startMeteredBackend, type MeteredBackend } from '../support/meteredBackend.ts';
import { runAdmin } from '../support/startBackend.ts';

describe('money over HTTP', () => {
  let metered: MeteredBackend;

  beforeEach(async () => {
    metered = await startMeteredBackend();
  });
  afterEach(() => metered.dispose());

  const account = async (): Promise<AccountBody> => AccountBody.parse(await metered.backend.json('/v1/account'));
  const buy = async (planId: string, card = '4242 4242 4242 4242'): Promise<void> => {
    const chosen = SubscriptionBody.parse(await metered.backend.json('/v1/subscription', { json: { planId } }));
    assert.ok(chosen.kind === 'checkout');
    assert.equal((await fetch(chosen.url, { method: 'POST', body: new URLSearchParams({ card }) })).status, 200);
  };
  const admin = async (...args: string[]): Promise<unknown> => {
    const { code, stdout, stderr } = await runAdmin(metered.backend.dataDir, [...args, '--json']);
    assert.equal(code, 0, stderr);
    return JSON.parse(stdout);
  };

  it('says what a refund would be answered, gives it, and says nothing is left', async () => {
    const { supportUrl } = await account();
    const none = RefundBody.parse(await metered.backend.json('/v1/refunds'));
    assert.deepEqual(none, { id: null, status: 'refused', reason: 'nothing_paid', money: null, supportUrl });
    await buy('pro');
    const preview = RefundBody.parse(await metered.backend.json('/v1/refunds'));
    assert.deepEqual([preview.status, preview.reason, preview.supportUrl], ['approved', 'little_used', undefined]);
    assert.equal((await account()).plan.id, 'pro');
    assert.deepEqual(RefundBody.parse(await metered.backend.json('/v1/refunds', { json: {} })), preview);
    const { plan, balance } = await account();
    assert.deepEqual([plan.id, balance.available, balance.allowance], ['free', 300_000, 300_000]);
    assert.equal(RefundBody.parse(await metered.backend.json('/v1/refunds', { json: {} })).reason, 'nothing_paid');
  });

  it('waits with a refund for the end of an open message', async () => {
    await buy('pro');
    const gate = Promise.withResolvers<undefined>();
    metered.upstream.next({ text: ['x'], afterPiece: () => gate.promise.then(() => undefined) });
    const answer = metered.complete(ask);
    await metered.upstream.received(1);
    const refused = await refusalOf(await metered.backend.request('/v1/refunds', { json: {} }));
    assert.deepEqual([refused.status, refused.code], [409, 'generation_open']);
    gate.resolve(undefined);
    await (await answer).arrayBuffer();
  });

  it('leaves to a person what was used, who decides on the command line', async () => {
    await buy('pro');
    metered.upstream.next({ usage: { prompt: 50, completion: 1_000_000 } });
    await (await metered.complete({ ...ask, max_tokens: 8_000, n: 100 })).arrayBuffer();
    const { used } = (await account()).balance;
    const waiting = RefundBody.parse(await metered.backend.json('/v1/refunds', { json: {} }));
    assert.deepEqual([waiting.status, waiting.reason], ['waiting', 'used']);
    assert.ok(waiting.supportUrl);
    const { refunds } = (await admin('refunds', 'list')) as { refunds: { id: string; status: string }[] };
    assert.deepEqual([refunds[0]?.id, refunds[0]?.status], [waiting.id, 'waiting']);
    assert.deepEqual(await admin('refunds', 'approve', waiting.id ?? ''), { id: waiting.id, status: 'approved' });
    assert.equal((await runAdmin(metered.backend.dataDir, ['refunds', 'deny', waiting.id ?? ''])).code, 1);
    const { plan, balance } = await account();
    assert.deepEqual([plan.id, balance.available], ['free', 300_000 - used]);
  });

  it('refuses AI calls of an account on hold, says why, and takes them again after the release', async () => {
    await buy('pro', '4000 0000 0000 0259');
    assert.deepEqual((await account()).notice, { kind: 'on_hold' });
    const refused = await refusalOf(await metered.complete(ask));
    assert.deepEqual([refused.status, refused.code], [403, 'account_on_hold']);
    const choice = await metered.backend.request('/v1/subscription', { json: { planId: 'pro-3k' } });
    assert.equal((await refusalOf(choice)).code, 'account_on_hold');
    await admin('accounts', 'release', 'local');
    assert.equal((await account()).notice, undefined);
    assert.equal((await metered.complete(ask)).status, 200);
  });

  it('lets whoever pays the models set any budget at once', async () => {
    assert.equal((await account()).setsOwnBudget, true);
    const set = (planId: string) => metered.backend.json('/v1/subscription', { json: { planId, budget: true } });
    for (const [planId, allowance] of [
      ['pro-3k', 3_000_000],
      ['free', 300_000],
      ['pro', 1_500_000],
    ] as const) {
      assert.deepEqual(await set(planId), { kind: 'changed' });
      const { plan, balance, entitlements, scheduledChange } = await account();
      assert.deepEqual([plan.id, balance.available, balance.allowance], [planId, allowance, allowance]);
      assert.deepEqual([entitlements.projects, scheduledChange], [null, null]);
    }
    assert.equal(RefundBody.parse(await metered.backend.json('/v1/refunds')).reason, 'given');
    assert.equal((await account()).planIsGiven, undefined, 'it is a budget');
  });

  it('exports on paid plans only', async () => {
    const export_ = () => metered.backend.request('/v1/exports', { json: { projectId: 'shop' } });
    assert.deepEqual((await refusalOf(await export_())).code, 'plan_required');
    await buy('pro');
    assert.ok(ExportBody.parse(await (await export_()).json()).exportId);
    assert.equal(RefundBody.parse(await metered.backend.json('/v1/refunds')).reason, 'exported');
  });
});
