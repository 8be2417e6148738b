import { after } from 'mocha';
import { startPostgresServer, type PostgresServer } from './startPostgresServer.ts';

/** The real PostgreSQL that all tests of a run share, started for the first that asks. */
export function postgresServer(): Promise<PostgresServer> {
  shared ??= startPostgresServer();
  return shared;
}

let shared: Promise<PostgresServer> | undefined;

after(async function () {
  // What hundreds of databases hold is written and taken away at the disk's own pace.
  this.timeout(120_000);
  await (await shared)?.stop();
});
