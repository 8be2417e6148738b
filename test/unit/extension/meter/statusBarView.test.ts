import assert from 'node:assert/strict';
import { millitokens } from '../../../../src/core/tokens.ts';
import type { Balance } from '../../../../src/extension/meter/balance.ts';
import { statusBarView } from '../../../../src/extension/meter/statusBarView.ts';
import { wording } from '../wording.ts';
import { accountBody } from '../../../support/accountBody.ts';

function balance(differs: Partial<Balance> = {}): Balance {
  return {
    connection: { kind: 'ready' },
    account: accountBody(),
    spend: null,
    today: null,
    day: '2026-11-22',
    saved: millitokens(0),
    now: '2026-11-22T12:00:00.000Z',
    ...differs,
  };
}

function left(available: number, held = 0, warning: 'low' | 'very_low' | 'empty' | null = null) {
  const amounts = { available: millitokens(available), held: millitokens(held) };
  const used = millitokens(300_000 - available - held);
  return accountBody({ balance: { ...amounts, used, allowance: millitokens(300_000) }, warning });
}

describe('status bar', () => {
  it('shows count and allowance of a fresh account, and says so to a screen reader', () => {
    const view = statusBarView(balance(), wording);
    assert.equal(view.text, '$(dashboard) 300.0 / 300');
    assert.equal(view.label, 'Tokenfare: 300.0 of 300 tokens left');
    assert.equal(view.warning, false);
  });

  it('gives count, percent, reset and plan in the tooltip', () => {
    const { tooltip } = statusBarView(balance({ account: left(287_499) }), wording);
    assert.deepEqual(tooltip.slice(0, 3), [
      '287.4 of 300 tokens left (95 %)',
      "Resets 1 Dec, 09:14. Unused tokens don't carry over.",
      'Plan: Free',
    ]);
  });

  it('counts a hold as still there, and only the live spend as gone', () => {
    const none = millitokens(0);
    const spend = {
      generation: 'g',
      spent: millitokens(500),
      settled: none,
      stopsAt: millitokens(4_000),
      budget: null,
      usedBefore: none,
    };
    const view = statusBarView(balance({ account: left(296_000, 4_000), spend }), wording);
    assert.equal(view.text, '$(loading~spin) 299.5 / 300');
    assert.ok(view.tooltip.includes('4.0 set aside for the running message'));
  });

  it('warns when low, on the warning background when very low', () => {
    const low = statusBarView(balance({ account: left(58_200, 0, 'low') }), wording);
    assert.deepEqual([low.text, low.warning], ['$(dashboard) 58.2 / 300 · low', false]);
    const veryLow = statusBarView(balance({ account: left(12_000, 0, 'very_low') }), wording);
    assert.deepEqual([veryLow.text, veryLow.warning], ['$(dashboard) 12.0 / 300 · low', true]);
  });

  it('shows the day of the reset when empty', () => {
    const view = statusBarView(balance({ account: left(90, 0, 'empty') }), wording);
    assert.deepEqual([view.text, view.warning], ['$(debug-pause) 0 / 300 · 1 Dec', true]);
  });

  it('keeps the last known balance, with its time, while the backend is away', () => {
    const connection = { kind: 'away', asOf: '2026-11-22T14:02:00.000Z' } as const;
    const view = statusBarView(balance({ connection, account: left(287_400) }), wording);
    assert.equal(view.text, '$(debug-disconnect) 287.4 / 300');
    assert.equal(view.tooltip[0], 'as of 14:02');
  });

  it('never shows 0 for unknown', () => {
    const unknown = [
      { kind: 'starting' },
      { kind: 'signedOut', refusedBy: null },
      { kind: 'signedOut', refusedBy: '127.0.0.1:4141' },
      { kind: 'unreachable' },
    ] as const;
    for (const connection of unknown) {
      const view = statusBarView(balance({ connection, account: null }), wording);
      assert.doesNotMatch(view.text, /\d/);
    }
    const failed = statusBarView(
      balance({ connection: { kind: 'failed', reason: 'Port taken.' }, account: null }),
      wording,
    );
    assert.deepEqual(failed.tooltip, ['Tokenfare: not running', 'Port taken.']);
  });

  it('says first what stands against the account', () => {
    const pro = { id: 'pro', name: 'Pro' };
    const unpaid = { kind: 'renewal_unpaid', planId: 'pro', until: '2026-12-04T09:14:00.000Z' } as const;
    const said = (notice: NonNullable<ReturnType<typeof accountBody>['notice']>) =>
      statusBarView(balance({ account: accountBody({ plan: pro, notice }) }), wording).tooltip[1];
    assert.equal(said(unpaid), 'The renewal of Pro is unpaid. Pay by 4 Dec, or the plan becomes Free.');
    assert.equal(said({ kind: 'on_hold' }), 'On hold: a payment was disputed.');
  });

  it('says at which day the balance would run out, from a day of observation on', () => {
    const account = accountBody({
      balance: { ...left(30_000).balance },
    });
    const { tooltip } = statusBarView(balance({ account }), wording);
    assert.ok(tooltip.includes('At this pace it lasts until 24 Nov'), tooltip.join('\n'));
  });
});
