import { describe, it } from 'mocha';
import { killLedger } from '../support/killLedger.ts';
import { testDatabases } from '../support/testDatabases.ts';

describe('a process that is killed again and again', function () {
  this.timeout(30 * 60_000);
  for (const { name, create } of testDatabases) {
    it(`loses and doubles no answered charge on ${name}, at 200 moments`, async () => {
      const { url, dispose } = await create();
      await killLedger(url, 200);
      dispose();
    });
  }
});
