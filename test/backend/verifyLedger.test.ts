import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { verifyLedger } from '../../src/backend/ledger/verifyLedger.ts';
import { AccountDesk, TestBank } from '../support/accountDesk.ts';
import { testDatabases, type TestDatabase } from '../support/testDatabases.ts';

for (const { name, create } of testDatabases) {
  describe(`the proof of the books on ${name}`, () => {
    let place: TestDatabase;
    let bank: TestBank;

    beforeEach(async () => {
      place = await create();
      bank = new TestBank(await openDatabase(place.url), Date.parse('2026-01-31T09:00:00Z'));
      for (const id of ['a', 'b']) await new AccountDesk(bank, id).open();
    });
    afterEach(async () => {
      await bank.close();
      place.dispose();
    });

    const callOf = async (accountId: string, most: number, charge: number) => {
      const desk = new AccountDesk(bank, accountId);
      const call = await desk.start(most);
      assert.ok(call);
      assert.equal(await desk.finish(call, charge), charge);
    };
    const add = (table: string, column: string, amount: number) =>
      sql`update ${sql.table(table)} set ${sql.ref(column)} = ${sql.ref(column)} + ${sql.lit(amount)}
        where account_id = 'a'`.execute(bank.database.query);
    /** What is found while a column of the account's only row in a table is another. */
    const foundWith = async (table: string, column: string, amount: number) => {
      await add(table, column, amount);
      const { broken } = await verifyLedger(bank.database);
      await add(table, column, -amount);
      return broken;
    };

    const ofTransfers = {
      calls: [
        ...['reserved', 'charged', 'period_start', 'total_charged', 'message_part', 'open_calls', 'settled_calls'],
        ...['reserve_number', 'reserve_available', 'reserve_held', 'end_number', 'end_available', 'end_held'],
      ],
      transfers: ['number', 'amount', 'available', 'held', 'period_start'],
      ledger_accounts: ['available', 'held', 'allowance', 'used', 'open_holds', 'transfer_count', 'period_start'],
    };
    for (const [table, columns] of Object.entries(ofTransfers)) {
      it(`finds that a column of ${table} is another`, async () => {
        await callOf('a', 1_000, 400);
        const missed: string[] = [];
        for (const column of columns) {
          const found = await foundWith(table, column, 1);
          if (!found.some((what) => what.startsWith('a: '))) missed.push(column);
        }
        assert.deepEqual(missed, []);
      });
    }

    it('names a row of which no transfer can be made, and proves the others', async () => {
      await callOf('a', 300_000, 299_999);
      await callOf('b', 1_000, 400);
      await sql`update ledger_accounts set used = used + 1 where account_id = 'b'`.execute(bank.database.query);
      // Then less than nothing was available before the rest went back.
      const broken = await foundWith('calls', 'charged', -1);
      await sql`update ledger_accounts set used = used - 1 where account_id = 'b'`.execute(bank.database.query);
      assert.ok(broken.includes('a: call call-1 cannot be read: not an amount in millitokens: -1'), broken.join('\n'));
      assert.ok(broken.includes('a: charge of generation call-1 is 299999, it should be 299998'), broken.join('\n'));
      assert.ok(broken.includes('b: used is 401, it should be 400'), broken.join('\n'));
    });
  });
}
