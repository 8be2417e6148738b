import assert from 'node:assert/strict';
import { millitokens } from '../../../../src/core/tokens.ts';
import type { AccountBody } from '../../../../src/protocol/api.ts';
import { accountBanner } from '../../../../src/extension/chat/accountBanner.ts';

function account(change: {
  plan?: string;
  allowance?: number;
  warning?: AccountBody['warning'];
  id?: string;
}): AccountBody {
  const { plan = 'free', allowance = 300_000, warning = null, id = 'a' } = change;
  const [all, none] = [millitokens(allowance), millitokens(0)];
  return {
    account: { id, email: 'a@example.com' },
    plan: { id: plan, name: plan },
    period: { start: '2026-11-01T00:00:00.000Z', end: '2026-12-01T00:00:00.000Z' },
    balance: { available: all, held: none, allowance: all, used: none },
    warning,
    scheduledChange: null,
    entitlements: { publish: true, codeExport: false, projects: 1 },
    supportUrl: 'https://example.com',
  };
}

describe('account banner', () => {
  it('says that a larger plan was paid for', () => {
    const pro = account({ plan: 'pro', allowance: 1_500_000 });
    const paid = { kind: 'paid', planName: 'pro', allowance: 1_500_000 };
    assert.deepEqual(accountBanner(account({}), pro), paid);
    assert.deepEqual(accountBanner(account({ warning: 'empty' }), pro), paid);
  });

  it('says that tokens are back, once there were none', () => {
    assert.deepEqual(accountBanner(account({ warning: 'empty' }), account({})), {
      kind: 'tokensBack',
      available: 300_000,
    });
    assert.equal(accountBanner(account({ warning: 'low' }), account({})), null);
  });

  it('says nothing at first, of a smaller plan, or of another account', () => {
    assert.equal(accountBanner(null, account({})), null);
    assert.equal(accountBanner(account({ plan: 'pro', allowance: 1_500_000 }), account({})), null);
    assert.equal(accountBanner(account({ warning: 'empty' }), account({ id: 'b' })), null);
  });
});
