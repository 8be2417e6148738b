import assert from 'node:assert/strict';
import { millitokens } from '../../../../src/core/tokens.ts';
import { draftPrice } from '../../../../webview/chat/draftPrice.ts';
import { sendState } from '../../../../webview/chat/sendState.ts';
import { account, composer, status } from '../../../support/chatSnapshots.ts';

describe('whether a draft can be sent', () => {
  const text = 'Create a users table';
  const price = draftPrice(composer(), text);
  const kind = (changes: Parameters<typeof status>[0], draft = text): string =>
    sendState(status(changes), draft, price).kind;

  it('can when everything is there', () => {
    assert.equal(kind({}), 'ready');
    assert.equal(kind({ workspace: 'none' }), 'ready');
    assert.equal(kind({}, '  \n'), 'nothing');
  });

  it('can not while something runs, without a backend, without tokens', () => {
    const amounts = { spent: millitokens(0), stopsAt: millitokens(4_000), usedBefore: millitokens(0) };
    const running = { generation: 'g', ...amounts, budget: null };
    assert.equal(kind({ running }), 'running');
    assert.equal(kind({ connection: { kind: 'away', asOf: '2026-11-22T14:02:00Z' } }), 'notReady');
    assert.equal(kind({ account: account(0, { warning: 'empty' }) }), 'noTokens');
    const budget = { day: '2026-11-22', perDay: millitokens(20_000), left: millitokens(0) };
    for (const warning of ['setAside', 'used'] as const)
      assert.equal(kind({ budget: { ...budget, warning } }), 'overBudget');
    assert.equal(kind({ budget: { ...budget, left: millitokens(600), warning: 'low' } }), 'ready');
  });

  it('warns when the balance is below what it may cost', () => {
    assert.ok(price);
    assert.equal(kind({ account: account(price.high - 1) }), 'mayStop');
    assert.equal(kind({ account: account(price.high) }), 'ready');
  });

  it('counts the bytes of UTF-8, the limit included', () => {
    assert.equal(kind({}, 'x'.repeat(1_000_000)), 'ready');
    assert.equal(kind({}, 'x'.repeat(1_000_001)), 'tooLarge');
    assert.deepEqual(sendState(status(), '界'.repeat(400_000), null), { kind: 'tooLarge', bytes: 1_200_000 });
  });

  it('has no price without a rate card or a text', () => {
    assert.equal(draftPrice(composer({ rateCard: null }), text), null);
    assert.equal(draftPrice(composer(), ' '), null);
    assert.equal(draftPrice(composer({ maxCharge: millitokens(2_000) }), text)?.stopsAt, 2_000);
  });
});
