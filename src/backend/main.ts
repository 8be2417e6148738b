import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { pino, type Logger } from 'pino';
import { PROTOCOL_VERSION } from '../protocol/api.ts';
import type { Config } from '../protocol/config.ts';
import { databaseUrl, startApp, type App } from './app.ts';
import { loadConfig } from './config.ts';
import { dataFolder } from './dataFolder.ts';
import { lockFile } from './database/lockFile.ts';
import { createBuilder } from './models/builder/builder.ts';
import { configuredUpstreams } from './models/configuredUpstreams.ts';
import { OllamaModels } from './models/ollama.ts';
import { OpenAiUpstream } from './models/openAiUpstream.ts';
import type { Upstream } from './models/upstream.ts';
import { createAppStore } from './publications/createAppStore.ts';
import { StartRefusal } from './startRefusal.ts';
import { version } from './version.ts';

// The backend as a process: reads its command line, starts, says where it listens, and ends when it is told to or idle.

/** Windows come and go within minutes; a process that nobody has asked anything for this long is not in use. */
const IDLE_EXIT_SECONDS = 300;
/** How often idleness is looked at: at most this much too late. */
const IDLE_LOOK_MS = 500;
/** How long a second start waits for the first to say where it is, so that whoever started it finds that one. */
const FIRST_START_MS = 5_000;
const FIRST_START_LOOK_MS = 50;
/** Lines are written together, the last of them when the process ends: a write for each costs as much as a hold. */
const LOG_TO = { dest: 2, sync: false, minLength: 4_096, periodicFlush: 100 } as const;

/** The writer's thread, as it stands in the source and as it is built. */
const writerProgram = new URL(
  import.meta.url.endsWith('.ts') ? './writer.worker.ts' : './backendWriter.js',
  import.meta.url,
);

interface Options {
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly config?: string;
  readonly exitWhenIdle?: number | true;
}

const program = new Command('tokenfare-backend')
  .description('The metered backend.')
  .option('--data <dir>', 'where database and key are', dataFolder.usual(process.env, process.platform))
  .option('--port <n>', 'port to listen on; 0 is any', parsePort, 4141)
  .option('--host <host>', 'address to listen on', '127.0.0.1')
  .option('--config <file>', 'configuration in JSON')
  .option('--exit-when-idle [seconds]', 'end when nobody has asked anything for a while', parseSeconds)
  .allowExcessArguments(false)
  .parse();

try {
  await run(program.opts<Options>());
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${error instanceof StartRefusal ? message : `The backend could not start: ${message}.`}\n`);
  process.exit(1);
}

async function run(options: Options): Promise<void> {
  // Whatever is made from here on is this user's alone, the database and its journals included.
  process.umask(0o077);
  const dataDir = path.resolve(options.data);
  const config = loadConfig(options.config, process.env);
  const locks = await takeLocks(config, dataDir, options);
  const isLocal = config.auth.mode === 'local';
  const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(LOG_TO));
  if (isLocal) dataFolder.withdraw(dataDir);
  const app = await startApp({
    config,
    dataDir,
    log,
    host: options.host,
    port: options.port,
    clock: Date.now,
    writerProgram,
    localKey: isLocal ? dataFolder.localKey(dataDir) : '',
    upstreams: upstreamsOf(config, dataDir),
    appStore: createAppStore(config.publishing, { dataDir, environment: process.env }),
  });
  // Before anybody hears of it: whoever does may end it at once.
  endWhenTold(
    app,
    log,
    () => {
      if (isLocal) dataFolder.withdraw(dataDir);
      for (const lock of locks) lock.release();
    },
    options.exitWhenIdle,
  );
  const { pid } = process;
  const { url, instance } = app;
  if (isLocal) await dataFolder.announce(dataDir, { url, pid, version, protocol: PROTOCOL_VERSION, instance });
  process.stdout.write(`${JSON.stringify({ event: 'listening', url, pid })}\n`);
}

/**
 * One process for a file of SQLite, wherever that is, and for the data folder beside it. On a server there may be any
 * number, and nothing of theirs is in the folder.
 */
async function takeLocks(config: Config, dataDir: string, options: Options): Promise<{ release(): void }[]> {
  const [, file] = /^sqlite:(.+)$/.exec(databaseUrl(config, dataDir)) ?? [];
  if (file === undefined) return [];
  const folder = dataFolder.take(dataDir);
  if (folder === null) {
    if (options.exitWhenIdle !== undefined) await waitForFirst(dataDir);
    throw new StartRefusal(`Another Tokenfare backend is using the data folder ${dataDir}.`);
  }
  const database = lockFile(`${file}.lock`);
  if (database === null) throw new StartRefusal(`Another Tokenfare backend is using the database ${file}.`);
  return [folder, database];
}

async function waitForFirst(dataDir: string): Promise<void> {
  const until = performance.now() + FIRST_START_MS;
  while (performance.now() < until && dataFolder.announced(dataDir) === null) await wait(FIRST_START_LOOK_MS);
}

/**
 * The configured services first, then what is on this machine. Builder is there where one works alone, and where
 * nothing else is.
 */
function upstreamsOf(config: Config, dataDir: string): Upstream[] {
  const configured: Upstream[] = configuredUpstreams(config.upstreams, { environment: process.env, dataDir });
  const isLocal = config.auth.mode === 'local';
  const builder = createBuilder({ pause: (ms, signal) => wait(ms, undefined, { signal }), now: Date.now });
  const upstreams = isLocal || configured.length === 0 ? [builder, ...configured] : configured;
  if (!isLocal || !config.ollama.discover) return upstreams;
  const { baseUrl, multiplier } = config.ollama;
  const models = new OllamaModels({ baseUrl, multiplier, clock: Date.now });
  return [
    ...upstreams,
    new OpenAiUpstream({
      id: 'ollama',
      baseUrl: `${baseUrl.replace(/\/+$/, '')}/v1`,
      apiKey: null,
      outputLimitField: 'max_tokens',
      models: () => models.list(),
    }),
  ];
}

/** Ends once, by a signal or by idleness, and leaves nothing behind. */
function endWhenTold(app: App, log: Logger, cleanUp: () => void, exitWhenIdle: number | true | undefined): void {
  let ending = false;
  const end = (why: string): void => {
    if (ending) return;
    ending = true;
    log.info({ why }, 'ending');
    app
      .close()
      .catch((error: unknown) => {
        log.error({ err: error }, 'fault');
      })
      .finally(() => {
        cleanUp();
        process.exit(0);
      });
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      end(signal);
    });
  }
  if (exitWhenIdle === undefined) return;
  const idleMs = 1000 * (exitWhenIdle === true ? IDLE_EXIT_SECONDS : exitWhenIdle);
  setInterval(() => {
    if (app.activity.idleMs > idleMs && !app.hasApps()) end('idle');
  }, IDLE_LOOK_MS);
}

function parsePort(value: string): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) throw new InvalidArgumentError('It must be from 0 to 65535.');
  return Number(value);
}

function parseSeconds(value: string): number {
  if (!/^\d{1,6}$/.test(value)) throw new InvalidArgumentError('It must be a number of seconds.');
  return Number(value);
}
