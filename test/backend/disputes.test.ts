import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CommandWriter } from '../../src/backend/commands.ts';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { StripePayments } from '../../src/backend/payments/stripePayments.ts';
import { plans } from '../../src/core/plans.ts';
import { AccountDesk, planOf, TestBank } from '../support/accountDesk.ts';
import { priceOf, signed, StripeDouble, type StripeEvent } from '../support/stripeDouble.ts';
import { testDatabases, type TestDatabase } from '../support/testDatabases.ts';

const SECRET = 'whsec_test';
const prices = Object.fromEntries(plans.slice(1).map(({ id }) => [id, priceOf(id)]));

for (const { name, create } of testDatabases) {
  describe(`Disputes that are told at the same time on ${name}`, () => {
    let place: TestDatabase;
    let bank: TestBank;
    let ann: AccountDesk;
    let double: StripeDouble;
    let stripe: StripePayments;
    /** What happens right before the next dispute is written down, once. */
    let meanwhile: (() => Promise<unknown>) | null;

    beforeEach(async () => {
      place = await create();
      bank = new TestBank(await openDatabase(place.url), Date.parse('2026-01-31T09:00:00Z'));
      ann = new AccountDesk(bank, 'ann');
      await ann.open();
      double = new StripeDouble(() => bank.now);
      meanwhile = null;
      const writer: CommandWriter = {
        submit: async (command, input) => {
          const first = command === 'receiveDispute' ? meanwhile : null;
          if (first !== null) meanwhile = null;
          await first?.();
          return bank.writer.submit(command, input);
        },
        carryOut: (command, input) => bank.writer.carryOut(command, input),
        close: () => bank.writer.close(),
      };
      const deps = { writer, query: bank.database.query, publicUrl: () => 'https://tokenfare.example.com' };
      const apiBase = await double.listen();
      stripe = new StripePayments({ ...deps, secretKey: 'sk_test_1', webhookSecret: SECRET, prices, apiBase });
      const due = { accountId: ann.accountId, kind: 'purchase', plan: planOf('pro'), from: 'free' } as const;
      double.payCheckout((await stripe.collect({ ...due, amount: 2_000, currency: 'USD' })) ?? '');
      await deliver(-1);
    });
    afterEach(async () => {
      await double.close();
      await ann.proveInvoices();
      await bank.close();
      place.dispose();
    });

    /** The event at that place, as in `at`. */
    const deliver = async (place: number): Promise<void> => {
      const { body }: StripeEvent = double.events.at(place) ?? assert.fail();
      assert.equal(await stripe.receive(body, signed(body, SECRET)), 'done');
    };
    const dispute = (status: string, id?: string): string => {
      const [invoice] = double.books.invoices.values();
      return double.dispute(invoice ?? assert.fail(), status, id);
    };
    const isOnHold = async (): Promise<boolean> => (await ann.view()).frozen;

    it('stay on hold where one is won while another begins', async () => {
      const first = dispute('needs_response');
      await deliver(-1);
      dispute('won', first);
      meanwhile = async () => {
        dispute('needs_response');
        await deliver(-1);
        assert.equal(await isOnHold(), true);
      };
      await deliver(-1);
      assert.equal(await isOnHold(), true);
    });

    it('end the hold where one is won while its beginning is still under way', async () => {
      const only = dispute('needs_response');
      meanwhile = async () => {
        dispute('won', only);
        await deliver(-1);
        assert.equal(await isOnHold(), false);
      };
      await deliver(-1);
      assert.equal(await isOnHold(), false);
    });
  });
}
