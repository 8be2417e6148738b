import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { AccountDesk, TestBank } from '../support/accountDesk.ts';
import { testDatabases } from '../support/testDatabases.ts';

const ACCOUNTS = 1_000;

for (const { name, create } of testDatabases) {
  describe(`a thousand accounts on ${name}`, () => {
    it('renew in the same second, each exactly once, whichever of two processes looks first', async () => {
      const place = await create();
      const bank = new TestBank(await openDatabase(place.url), Date.parse('2026-01-31T09:00:00Z'));
      const other = new TestBank(await openDatabase(place.url), bank.now);
      const ids = Array.from({ length: ACCOUNTS }, (_, index) => `account-${index}`);
      const buyers = ids.map((id) => new AccountDesk(bank, id));
      await Promise.all(buyers.map((desk) => desk.open()));
      await Promise.all(buyers.map((desk) => desk.buy('pro')));
      bank.now = Date.parse('2026-02-28T09:00:01Z');
      other.now = bank.now;
      const desks = buyers.flatMap((desk) => [desk, new AccountDesk(other, desk.accountId)]);
      const seen = await Promise.all(desks.map((desk) => desk.view()));
      assert.ok(seen.every(({ available, unpaidSince }) => available === 1_500_000 && unpaidSince === null));
      const { query } = bank.database;
      const renewed = await query.selectFrom('invoices').select(['account_id', 'kind']).execute();
      assert.deepEqual(
        renewed.map(({ account_id, kind }) => `${account_id} ${kind}`).sort(),
        ids.flatMap((id) => [`${id} purchase`, `${id} renewal`]).sort(),
      );
      await other.close();
      await bank.close();
      place.dispose();
    });
  });
}
