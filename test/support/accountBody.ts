import { millitokens } from '../../src/core/tokens.ts';
import type { AccountBody } from '../../src/protocol/api.ts';

/** An account on Free with what differs from a fresh one. */
export function accountBody(differs: Partial<AccountBody> = {}): AccountBody {
  return {
    account: { id: 'account-1', email: 'local@localhost' },
    plan: { id: 'free', name: 'Free' },
    period: { start: '2026-11-01T09:14:00.000Z', end: '2026-12-01T09:14:00.000Z' },
    balance: {
      available: millitokens(300_000),
      held: millitokens(0),
      allowance: millitokens(300_000),
      used: millitokens(0),
    },
    warning: null,
    scheduledChange: null,
    entitlements: { publish: true, codeExport: false, projects: 1 },
    supportUrl: 'https://example.com/support',
    ...differs,
  };
}
