import { databaseUrl } from '../../src/backend/app.ts';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { verifyLedger } from '../../src/backend/ledger/verifyLedger.ts';
import { Config } from '../../src/protocol/config.ts';

/** Proves the books of a backend that has ended, by its configuration and its data folder. Throws what is broken. */
export async function proveLedger(configured: Readonly<Record<string, unknown>>, dataDir: string): Promise<void> {
  const { database: name } = configured;
  const config = Config.parse(name === undefined ? {} : { database: name });
  const database = await openDatabase(databaseUrl(config, dataDir));
  const { broken } = await verifyLedger(database);
  await database.close();
  if (broken.length > 0) throw new Error(`the ledger is broken: ${broken.join('; ')}`);
}
