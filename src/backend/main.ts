import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { Command, InvalidArgumentError } from 'commander';
import { pino, type Logger } from 'pino';
import { PROTOCOL_VERSION, SECOND_EXIT_CODE } from '../protocol/api.ts';
import type { Config } from '../protocol/config.ts';
import { oidcOptions } from './accounts/oidcOptions.ts';
import { databaseUrl, startApp, type App, type AppOptions } from './app.ts';
import { loadConfig } from './config.ts';
import { dataFolder } from './dataFolder.ts';
import { lockFile } from './database/lockFile.ts';
import { createBuilder } from './models/builder/builder.ts';
import { configuredUpstreams } from './models/configuredUpstreams.ts';
import { OllamaModels } from './models/ollama.ts';
import { OpenAiUpstream } from './models/openAiUpstream.ts';
import type { Upstream } from './models/upstream.ts';
import { createAppStore } from './publications/createAppStore.ts';
import { configuredStripe } from './payments/configuredStripe.ts';
import { StartRefusal } from './startRefusal.ts';
import { changesOf } from './changesOf.ts';
import { version } from './version.ts';

// The backend as a process: reads its command line, starts, says where it listens, and ends when it is told to or idle.

/** Windows come and go within minutes; a process that nobody has asked anything for this long is not in use. */
const IDLE_EXIT_SECONDS = 300;
/** How often idleness is looked at: at most this much too late. */
const IDLE_LOOK_MS = 500;
/**
 * How long a second start waits for the first to say where it is, so that whoever started it finds that one: 15 s, less
 * than a window's own patience with a start.
 */
const FIRST_START_LOOKS = 300;
const FIRST_START_LOOK_MS = 50;
/** What is no longer used is looked for when the heap has grown by so much, not when it has grown to several times. */
const HEAP_GROWTH_PERCENT = 30;
/** Lines are written together, the last of them when the process ends: a write for each costs as much as a hold. */
const LOG_TO = { dest: 2, sync: false, minLength: 4_096, periodicFlush: 100 } as const;

/** The database's thread and the pages, as they stand beside the source and beside what is built. */
const isSource = import.meta.url.endsWith('.ts');
const sqliteProgram = new URL(isSource ? './database/sqlite.worker.ts' : './backendSqlite.js', import.meta.url);
const pagesFolder = new URL(isSource ? '../../dist/webview/' : './webview/', import.meta.url);

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
  .option('--config <file>', 'configuration in JSON; else config.json in the data folder, if it is there')
  .option('--exit-when-idle [seconds]', 'end when nobody has asked anything for a while', parseSeconds)
  .allowExcessArguments(false)
  .parse();

try {
  await run(program.opts<Options>());
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${error instanceof StartRefusal ? message : `The backend could not start: ${message}.`}\n`);
  process.exit(error instanceof StartRefusal ? error.exitCode : 1);
}

async function run(options: Options): Promise<void> {
  // Whatever is made from here on is this user's alone, the database and its journals included.
  process.umask(0o077);
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
  const dataDir = path.resolve(options.data);
  const configFile = (): string | undefined => options.config ?? dataFolder.configFile(dataDir);
  const isConfigChanged = changesOf(configFile);
  const config = loadConfig(configFile(), process.env);
  const locks = await takeLocks(config, dataDir, options);
  const isLocal = config.auth.mode === 'local';
  const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(LOG_TO));
  const withdraw = (): void => {
    if (isLocal) dataFolder.withdraw(dataDir);
  };
  withdraw();
  const app = await startApp({
    config,
    dataDir,
    log,
    host: options.host,
    port: options.port,
    clock: Date.now,
    sqliteProgram,
    pagesFolder,
    oidc: oidcOptions(config, process.env),
    localKey: isLocal ? dataFolder.localKey(dataDir) : '',
    upstreams: upstreamsOf(config, dataDir),
    appStore: createAppStore(config.publishing, { dataDir, environment: process.env }),
    createPayments: await stripeOf(config),
  });
  const release = (): void => {
    // The folder's last: whoever waits for it takes the database's at once.
    for (const lock of locks.toReversed()) lock.release();
  };
  // Before anybody hears of it: whoever does may end it at once.
  endWhenTold(app, log, { exitWhenIdle: options.exitWhenIdle, isConfigChanged, withdraw, release });
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
  const looks = options.exitWhenIdle === undefined ? 0 : FIRST_START_LOOKS;
  const folder = await dataFolder.takeInTurn(dataDir, looks, () => wait(FIRST_START_LOOK_MS));
  if (folder === null) {
    throw new StartRefusal(`Another Tokenfare backend is using the data folder ${dataDir}.`, SECOND_EXIT_CODE);
  }
  const database = lockFile(`${file}.lock`);
  if (database === null) throw new StartRefusal(`Another Tokenfare backend is using the database ${file}.`);
  return [folder, database];
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

/** Stripe, where it takes the money: nobody else waits for it to load. */
async function stripeOf(config: Config): Promise<AppOptions['createPayments']> {
  const settings = configuredStripe(config.payments, process.env);
  if (settings === null) return null;
  const { StripePayments } = await import('./payments/stripePayments.ts');
  return (deps) => new StripePayments({ ...settings, ...deps });
}

/**
 * Ends once, by a signal, and leaves nothing behind. One that was started for windows also ends when they are gone, and
 * when its configuration has changed and no call is open: they start it anew.
 */
function endWhenTold(app: App, log: Logger, { exitWhenIdle, isConfigChanged, withdraw, release }: Ending): void {
  let ending = false;
  const end = (why: string): void => {
    if (ending) return;
    ending = true;
    log.info({ why }, 'ending');
    // Open answers may take seconds: what a window starts meanwhile waits for this one's end, and does not rely on it.
    withdraw();
    app
      .close()
      .catch((error: unknown) => {
        log.error({ err: error }, 'fault');
      })
      .finally(() => {
        withdraw();
        release();
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
    if (app.openCalls.size === 0 && isConfigChanged()) end('its configuration has changed');
  }, IDLE_LOOK_MS);
}

interface Ending {
  readonly exitWhenIdle: number | true | undefined;
  readonly isConfigChanged: () => boolean;
  /** Takes the announcement back, also one that was still being written when the end began. */
  readonly withdraw: () => void;
  /** Lets the next one begin. */
  readonly release: () => void;
}

function parsePort(value: string): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) throw new InvalidArgumentError('It must be from 0 to 65535.');
  return Number(value);
}

function parseSeconds(value: string): number {
  if (!/^\d{1,6}$/.test(value)) throw new InvalidArgumentError('It must be a number of seconds.');
  return Number(value);
}
