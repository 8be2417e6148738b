import { entitlementsOf } from '../../src/core/entitlements.ts';
import { plans } from '../../src/core/plans.ts';
import { defaultRateCard } from '../../src/core/rateCard.ts';
import { millitokens } from '../../src/core/tokens.ts';
import type { AccountSetting } from '../../src/protocol/account.ts';
import type { AccountBody, GenerationBody, KeysBody } from '../../src/protocol/api.ts';
import type { ErrorCode } from '../../src/protocol/errors.ts';
import { accountBody } from './accountBody.ts';

/** What stands behind the account page: the setting, and what the backend answers and refuses by method and path. */
export interface AccountScene {
  readonly setting: AccountSetting;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly refusals: Readonly<Record<string, ErrorCode>>;
}

const keysBody: KeysBody = {
  keys: [
    { id: 'k1', name: 'CI', prefix: 'tf_aBcDeFg', createdAt: '2026-11-02T10:00:00.000Z', lastUsedAt: null },
    {
      id: 'k2',
      name: 'Laptop',
      prefix: 'tf_hIjKlMn',
      createdAt: '2026-11-03T10:00:00.000Z',
      lastUsedAt: '2026-11-21T08:30:00.000Z',
    },
  ],
};

/** Every state of the account page that people meet, by name: for pictures, for axe and for overflow. */
export const accountScenes: Record<string, AccountScene> = {
  fresh: accountScene({}, { 'GET /v1/generations': { generations: [], next: null }, 'GET /v1/usage': { series: [] } }),
  pro: accountScene({
    plan: { id: 'pro', name: 'Pro' },
    balance: {
      available: millitokens(1_287_460),
      held: millitokens(4_000),
      allowance: millitokens(1_500_000),
      used: millitokens(208_540),
    },
    entitlements: { publish: true, codeExport: true, projects: null },
    scheduledChange: { planId: 'free', at: '2026-12-01T09:14:00.000Z' },
  }),
  unpaid: accountScene({
    plan: { id: 'pro', name: 'Pro' },
    notice: { kind: 'renewal_unpaid', planId: 'pro', until: '2026-11-25T09:14:00.000Z' },
  }),
  budget: accountScene({ setsOwnBudget: true, entitlements: { publish: true, codeExport: false, projects: null } }),
  empty: accountScene({
    warning: 'empty',
    balance: {
      available: millitokens(100),
      held: millitokens(0),
      allowance: millitokens(300_000),
      used: millitokens(299_900),
    },
  }),
  failing: accountScene(
    {},
    {},
    {
      'GET /v1/generations': 'unavailable',
      'GET /v1/keys': 'unauthenticated',
      'GET /v1/refunds': 'generation_open',
    },
  ),
};

/** An account on Free with two projects, a key, an app and some receipts, and what differs from it. */
export function accountScene(
  account: Partial<AccountBody> = {},
  answers: AccountScene['answers'] = {},
  refusals: AccountScene['refusals'] = {},
): AccountScene {
  return {
    setting: {
      savings: { 'edit-for-free': 2_600, 'roll-back': 1_240, batch: 900 },
      ...{ canSignOut: true, address: 'http://127.0.0.1:4141/v1' },
    },
    answers: {
      'GET /v1/account': accountBody(account),
      'GET /v1/plans': {
        plans: plans.map((plan) => ({ ...plan, entitlements: entitlementsOf(plan) })),
        rateCard: defaultRateCard,
      },
      'GET /v1/usage': {
        series: [
          { key: '2026-11-20', charged: 3_100, generations: 2 },
          { key: '2026-11-22', charged: 5_240, generations: 3 },
        ],
      },
      'GET /v1/generations': { generations: [receiptOf(3), receiptOf(2), receiptOf(1)], next: null },
      'GET /v1/refunds': {
        id: 'invoice-1',
        status: 'approved',
        reason: 'little_used',
        money: { amount: 2_000, currency: 'USD' },
      },
      'GET /v1/projects': {
        projects: [
          { id: 'p1', name: 'shop', active: true },
          { id: 'p2', name: 'a-project-with-a-rather-long-name-of-its-own', active: false },
        ],
        movesLeft: 2,
      },
      'GET /v1/keys': keysBody,
      'GET /v1/publications': {
        publications: [
          {
            ...{
              id: 'a1',
              slug: 'shop',
              name: 'Shop',
              project: null,
              url: 'http://shop.localhost:4141',
              portUrl: 'http://localhost:20123',
            },
            ...{ version: 3, bytes: 48_200, files: 12 },
            versions: [3, 2, 1].map((version) => ({
              ...{ version, bytes: 48_200, files: 12, createdAt: `2026-11-1${String(version)}T10:00:00.000Z` },
            })),
          },
        ],
      },
      ...answers,
    },
    refusals,
  };
}

/** The receipt of the n-th message, each a day after the one before. */
export function receiptOf(n: number, differs: Partial<GenerationBody> = {}): GenerationBody {
  const part = (amount: number) => millitokens(amount * n);
  return {
    id: `generation-${n}`,
    state: 'settled',
    createdAt: new Date(Date.UTC(2026, 10, 19 + n, 9, 14)).toISOString(),
    model: n === 2 ? 'qwen3-coder' : 'builder',
    project: n === 1 ? 'p2' : 'p1',
    session: 's1',
    charged: part(1_240),
    parts: { message: part(250), prompt: part(40), context: part(150), response: part(800) },
    calls: [
      {
        id: `call-${n}`,
        state: 'settled',
        charged: part(1_240),
        hold: part(4_000),
        promptTokens: 200 * n,
        contextTokens: 7_500 * n,
        cachedTokens: 0,
        responseTokens: 2_666 * n,
        counted: false,
        recovered: false,
      },
    ],
    ...differs,
  };
}
