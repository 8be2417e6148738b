import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { ProviderFollower } from '../../src/backend/payments/providerFollower.ts';
import { AccountDesk, planOf, TestBank } from '../support/accountDesk.ts';
import { testDatabases, type TestDatabase } from '../support/testDatabases.ts';

const ENDED_AT_STRIPE = 60;

for (const { name, create } of testDatabases) {
  describe(`telling the payment provider, on ${name}`, () => {
    let place: TestDatabase;
    let bank: TestBank;

    beforeEach(async () => {
      place = await create();
      bank = new TestBank(await openDatabase(place.url), Date.parse('2026-01-31T09:00:00Z'));
    });
    afterEach(async () => {
      await bank.close();
      place.dispose();
    });

    /** Somebody whose contract the provider has to be told about. */
    const change = async (accountId: string): Promise<void> => {
      await new AccountDesk(bank, accountId).open();
      const paid = { accountId, provider: 'stripe', plan: planOf('pro'), from: 'free', invoice: accountId } as const;
      const names = { eventId: accountId, customerId: accountId, contractId: accountId, startsAt: bank.now };
      await bank.writer.submit('receivePayment', { ...paid, ...planOf('pro').price, ...names });
      await bank.writer.submit('choosePlan', { accountId, plan: planOf('free') });
    };
    const provider = (follow: (accountId: string) => Promise<void>) => ({
      ...{ follow, collect: () => Promise.resolve(null), portal: () => Promise.resolve(null) },
      ...{ receive: () => Promise.resolve('done' as const), giveBack: () => Promise.resolve() },
    });
    const followerOf = (follow: (accountId: string) => Promise<void>) => {
      const { writer } = bank;
      const { query } = bank.database;
      return new ProviderFollower({ query, writer, payments: provider(follow), onFault: () => undefined });
    };

    it('reaches everybody, however many the provider refuses to hear of', async () => {
      await Promise.all(Array.from({ length: ENDED_AT_STRIPE }, (_, index) => change(`a-${index}`)));
      await change('zoe');
      const told = new Set<string>();
      const follower = followerOf((accountId) => {
        told.add(accountId);
        return Promise.reject(new Error('no such contract'));
      });
      for (let look = 0; look < 30 && !told.has('zoe'); look += 1) await follower.look();
      await follower.close();
      assert.ok(told.has('zoe'));
    });

    it('keeps no process from ending while the provider is silent', async () => {
      await change('ann');
      const asked = Promise.withResolvers<undefined>();
      const answer = Promise.withResolvers<undefined>();
      const follower = followerOf(async () => {
        asked.resolve(undefined);
        await answer.promise;
      });
      const looked = follower.look();
      await asked.promise;
      await follower.close();
      answer.resolve(undefined);
      await looked;
    });
  });
}
