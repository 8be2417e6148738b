import type { CommandWriter } from '../commands.ts';
import type { PaymentDue, PaymentProvider } from './paymentProvider.ts';

/** The sandbox: a checkout page of the backend's own, where practice cards pay. It has nobody to tell anything. */
export class SandboxPayments implements PaymentProvider {
  readonly #options: SandboxOptions;

  constructor(options: SandboxOptions) {
    this.#options = options;
  }

  async collect({ accountId, plan, from: previousPlanId, amount, currency }: PaymentDue): Promise<string> {
    const id = this.#options.newCheckoutId();
    const checkout = { id, accountId, planId: plan.id, previousPlanId, amount, currency };
    await this.#options.writer.submit('openCheckout', checkout);
    return `${this.#options.publicUrl()}/checkout/${id}`;
  }

  portal(): Promise<null> {
    return Promise.resolve(null);
  }

  receive(): Promise<'forged'> {
    return Promise.resolve('forged');
  }

  follow(): Promise<void> {
    return Promise.resolve();
  }

  giveBack(): Promise<void> {
    return Promise.resolve();
  }
}

export interface SandboxOptions {
  readonly writer: CommandWriter;
  /** Nobody may guess one: whoever has it may pay. */
  readonly newCheckoutId: () => string;
  readonly publicUrl: () => string;
}
