import { describe, it } from 'mocha';
import { killLedger } from '../support/killLedger.ts';
import { testDatabases } from '../support/testDatabases.ts';

describe('a process that is killed while it writes the ledger', function () {
  this.timeout(90_000);
  for (const { name, create } of testDatabases) {
    it(`loses and doubles no answered charge on ${name}, at 20 moments`, async () => {
      const { url, dispose } = await create();
      await killLedger(url, 20);
      dispose();
    });
  }
});
