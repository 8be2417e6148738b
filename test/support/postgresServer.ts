import { after } from 'mocha';
import { startPostgresServer, type PostgresServer } from './startPostgresServer.ts';

/** The real PostgreSQL that all tests of a run share, started for the first that asks. */
export function postgresServer(): Promise<PostgresServer> {
  shared ??= startPostgresServer();
  return shared;
}

let shared: Promise<PostgresServer> | undefined;

after(async function () {
  this.timeout(ENDING_MS);
  await (await shared)?.stop();
});

/** It has some ten thousand files by then, and who takes them away may have a small part of a busy machine. */
const ENDING_MS = 120_000;
