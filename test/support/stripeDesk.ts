import assert from 'node:assert/strict';
import { ProviderFollower } from '../../src/backend/payments/providerFollower.ts';
import { StripePayments } from '../../src/backend/payments/stripePayments.ts';
import { plans } from '../../src/core/plans.ts';
import { planOf, type AccountDesk } from './accountDesk.ts';
import type { Contract, Invoice } from './stripeBooks.ts';
import { priceOf, signed, StripeDouble } from './stripeDouble.ts';

const SECRET = 'whsec_test';
const prices = Object.fromEntries(plans.slice(1).map(({ id }) => [id, priceOf(id)]));

/** One account that pays at a Stripe of its own, which is heard at once. */
export class StripeDesk {
  readonly #desk: AccountDesk;
  readonly #double: StripeDouble;
  readonly #stripe: StripePayments;
  readonly #follower: ProviderFollower;
  #told = 0;

  static async open(desk: AccountDesk): Promise<StripeDesk> {
    const double = new StripeDouble(() => desk.bank.now);
    return new StripeDesk(desk, double, await double.listen());
  }

  private constructor(desk: AccountDesk, double: StripeDouble, apiBase: string) {
    const { writer, database } = desk.bank;
    const deps = { writer, query: database.query, publicUrl: () => 'https://tokenfare.example.com' };
    this.#desk = desk;
    this.#double = double;
    this.#stripe = new StripePayments({ ...deps, secretKey: 'sk_test_1', webhookSecret: SECRET, prices, apiBase });
    this.#follower = new ProviderFollower({ ...deps, payments: this.#stripe, onFault: assert.ifError });
  }

  /** Cents that Stripe has taken and not given back. */
  get money(): number {
    return this.#double.books.money;
  }

  /** Chooses a plan that has to be paid for: where it is paid, or null if it is already. */
  async collect(planId: string): Promise<string | null> {
    const chosen = await this.#desk.choose(planId);
    assert.ok(chosen.kind === 'pay', `${planId} is ${chosen.kind}`);
    const { for: kind, from, amount, currency } = chosen;
    const { accountId } = this.#desk;
    return this.#stripe.collect({ accountId, kind, plan: planOf(chosen.planId), from, amount, currency });
  }

  /** Chooses a plan and pays on the Checkout page. */
  async buy(planId: string): Promise<Contract> {
    const contract = this.#double.payCheckout((await this.collect(planId)) ?? '');
    await this.#tell();
    return contract;
  }

  /** A month is over, and the card says no. */
  renewUnpaid(contract: Contract): Invoice {
    this.#double.declines = true;
    return this.#double.renew(contract) ?? assert.fail('it had ended');
  }

  /** Stripe is told what was decided here, and says what that leads to. */
  async follow(): Promise<void> {
    await this.#follower.look();
    await this.#tell();
  }

  /** Nothing was asked of it that it doesn't know. */
  async close(): Promise<void> {
    await this.#follower.close();
    await this.#double.close();
    assert.deepEqual(this.#double.refused, []);
  }

  async #tell(): Promise<void> {
    const { events } = this.#double;
    for (; this.#told < events.length; this.#told += 1) {
      const { body } = events[this.#told] ?? assert.fail('no such event');
      assert.equal(await this.#stripe.receive(body, signed(body, SECRET)), 'done');
    }
  }
}
