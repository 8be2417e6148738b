import { plans } from '../../core/plans.ts';
import type { Config } from '../../protocol/config.ts';
import { StartRefusal } from '../startRefusal.ts';
import type { StripeOptions } from './stripePayments.ts';

/**
 * Stripe as it is configured; null for the sandbox. Throws a StartRefusal that names what is missing: a secret that is
 * not in the environment, or a plan without a price.
 */
export function configuredStripe(config: Config['payments'], environment: NodeJS.ProcessEnv): StripeSettings | null {
  if (config.provider === 'sandbox') return null;
  const secretOf = (setting: 'secretKeyEnv' | 'webhookSecretEnv'): string => {
    const name = config[setting];
    if (name == null) throw new StartRefusal(`Configuration: payments.${setting} is missing.`);
    const secret = environment[name];
    if (secret === undefined || secret === '') {
      throw new StartRefusal(`Configuration: payments.${setting}: the environment has no ${name}.`);
    }
    return secret;
  };
  const prices = config.prices ?? {};
  const unpriced = plans.find(({ id, price }) => price.amount > 0 && prices[id] === undefined);
  if (unpriced !== undefined) throw new StartRefusal(`Configuration: payments.prices: ${unpriced.id} has no price.`);
  return {
    secretKey: secretOf('secretKeyEnv'),
    webhookSecret: secretOf('webhookSecretEnv'),
    prices,
    ...(config.apiBase === undefined ? {} : { apiBase: config.apiBase }),
  };
}

export type StripeSettings = Pick<StripeOptions, 'secretKey' | 'webhookSecret' | 'prices' | 'apiBase'>;
