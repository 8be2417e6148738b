import { Kysely, PostgresDialect, sql } from 'kysely';
import { StartRefusal } from '../startRefusal.ts';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { postgresError } from './postgresError.ts';
import { PostgresNotices } from './postgresNotices.ts';
import { postgresPool } from './postgresPool.ts';
import { PostgresStore } from './postgresStore.ts';
import type { Tables } from './tables.ts';
import { wholeNumbers } from './wholeNumbers.ts';

/** Opens a PostgreSQL database. Throws a StartRefusal that says what is wrong with it, without its password. */
export async function openPostgres(url: string): Promise<Database> {
  const name = `The database ${nameOf(url)}`;
  const pool = postgresPool({
    connectionString: url,
    max: READING_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    types: wholeNumbers,
  });
  const query = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(query, name);
  } catch (error) {
    await query.destroy();
    if (error instanceof StartRefusal) throw error;
    throw new StartRefusal(`${name} cannot be used: ${postgresError(error).message}.`);
  }
  let notices: PostgresNotices | undefined;
  const seen = new Map<string, string>();
  return {
    name,
    query,
    file: null,
    openStore: () => new PostgresStore(url),
    changedAccounts: async (watched) => {
      const versions = await readVersions(query, watched);
      const changed = watched.filter((accountId) => seen.get(accountId) !== versions.get(accountId));
      seen.clear();
      for (const [accountId, version] of versions) seen.set(accountId, version);
      return changed;
    },
    exchangeChanges: (id, tell) => {
      notices = new PostgresNotices({ url, pool, id, tell });
      return (accounts) => notices?.announce(accounts);
    },
    backup: () => Promise.reject(new StartRefusal('PostgreSQL has its own tools for a backup: pg_dump, for one.')),
    close: async () => {
      await notices?.close();
      await query.destroy();
    },
  };
}

/** Reads are short; more at once would only wait for each other in the server. */
const READING_CONNECTIONS = 8;
/** A server that takes longer to let one in is not there. */
const CONNECT_MS = 5_000;

function nameOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `postgres://${host}${pathname}`;
}

/** What counts up with every change that an account's view shows. */
async function readVersions(query: Kysely<Tables>, accounts: readonly string[]): Promise<Map<string, string>> {
  if (accounts.length === 0) return new Map();
  const rows = await query
    .selectFrom('ledger_accounts')
    .innerJoin('subscriptions', 'subscriptions.account_id', 'ledger_accounts.account_id')
    .select('ledger_accounts.account_id')
    .select(sql<string>`concat(ledger_accounts.version, '.', subscriptions.version)`.as('version'))
    .where('ledger_accounts.account_id', 'in', accounts)
    .execute();
  return new Map(rows.map((row) => [row.account_id, row.version]));
}
