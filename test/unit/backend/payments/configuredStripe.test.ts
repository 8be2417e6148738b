import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { configuredStripe } from '../../../../src/backend/payments/configuredStripe.ts';
import { plans } from '../../../../src/core/plans.ts';

const environment = { STRIPE_KEY: 'sk_1', STRIPE_WEBHOOK: 'whsec_1' };
const prices = Object.fromEntries(plans.slice(1).map(({ id }) => [id, `price_${id}`]));
const configured = {
  ...{ provider: 'stripe' as const, secretKeyEnv: 'STRIPE_KEY', webhookSecretEnv: 'STRIPE_WEBHOOK', prices },
};

describe('configuredStripe', () => {
  it('reads the secrets from the environment', () => {
    const settings = configuredStripe({ ...configured, apiBase: 'http://127.0.0.1:1' }, environment);
    const apiBase = 'http://127.0.0.1:1';
    assert.deepEqual(settings, { secretKey: 'sk_1', webhookSecret: 'whsec_1', prices, apiBase });
    assert.equal(configuredStripe({ provider: 'sandbox' }, {}), null);
  });

  it('names the secret or the price that is missing', () => {
    const { pro: _, ...some } = prices;
    const { webhookSecretEnv: __, ...unsigned } = configured;
    assert.throws(() => configuredStripe(configured, { STRIPE_KEY: 'sk_1' }), /the environment has no STRIPE_WEBHOOK/);
    assert.throws(() => configuredStripe(unsigned, environment), /payments\.webhookSecretEnv is missing/);
    assert.throws(() => configuredStripe({ ...configured, prices: some }, environment), /payments\.prices: pro has no/);
  });
});
