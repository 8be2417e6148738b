import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { proveLedger } from './proveLedger.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** The real backend as a process of its own, on a data folder of its own, over HTTP. */
export async function startBackend(options: BackendOptions = {}): Promise<TestBackend> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'tokenfare-backend-'));
  const process_ = launchBackend(dataDir, options);
  const { url } = await process_.listening;
  const readKey = (): string => readFileSync(path.join(dataDir, 'key'), 'utf8').trim();
  const key = options.key ?? readKey();
  const request: TestBackend['request'] = (route, init = {}) =>
    fetch(url + route, {
      ...init,
      headers: { authorization: `Bearer ${key}`, ...init.headers },
      ...(init.json === undefined ? {} : { method: init.method ?? 'POST', body: JSON.stringify(init.json) }),
    });
  return {
    url,
    key,
    dataDir,
    request,
    child: process_.child,
    log: process_.log,
    json: async (route, init) => (await (await request(route, init)).json()) as never,
    end: (signal) => process_.end(signal),
    dispose: async () => {
      await process_.end('SIGTERM');
      await proveLedger(options.config ?? {}, dataDir).finally(() => {
        rmSync(dataDir, { recursive: true, force: true });
      });
    },
  };
}

export interface BackendOptions {
  readonly dataDir?: string;
  readonly config?: Record<string, unknown>;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** For `keys` mode; in local mode the key is read from its file. */
  readonly key?: string;
}

export interface TestBackend {
  readonly url: string;
  readonly key: string;
  readonly dataDir: string;
  readonly child: ChildProcess;
  /** What it has written to stderr. */
  readonly log: () => string;
  request(route: string, init?: TestRequest): Promise<Response>;
  json<T = Record<string, unknown>>(route: string, init?: TestRequest): Promise<T>;
  /** Resolves with the exit code when it has gone. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** Ends it, proves its ledger, and takes its folder away. */
  dispose(): Promise<void>;
}

/** `json` makes it a POST with that body. */
export interface TestRequest extends Omit<RequestInit, 'headers'> {
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Starts the process without waiting for it to listen. */
export function launchBackend(dataDir: string, options: BackendOptions = {}) {
  const config = configFile(dataDir);
  if (options.config !== undefined)
    writeFileSync(config, JSON.stringify({ ollama: { discover: false }, ...options.config }));
  const child = spawn(
    process.execPath,
    [
      path.join(root, 'src/backend/main.ts'),
      ...['--data', dataDir, '--port', '0', ...(options.args ?? [])],
      ...(options.config === undefined ? [] : ['--config', config]),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...cleanEnvironment(), ...options.environment } },
  );
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const listening = Promise.race([
    once(createInterface(child.stdout), 'line').then(
      ([line]) => JSON.parse(line as string) as { event: string; url: string; pid: number },
    ),
    exited.then((code) => Promise.reject(new Error(`the backend ended with ${code}: ${log}`))),
  ]);
  listening.catch(() => undefined);
  return {
    child,
    exited,
    listening,
    log: () => log,
    end: (signal: NodeJS.Signals) => {
      child.kill(signal);
      return exited;
    },
  };
}

/** Where the configuration of a data folder's backend is written. */
export function configFile(dataDir: string): string {
  return path.join(dataDir, 'test-config.json');
}

/** Runs the operator's command line to its end. */
export async function runAdmin(dataDir: string, args: readonly string[], config?: string) {
  const child = spawn(
    process.execPath,
    [
      path.join(root, 'src/backend/admin.ts'),
      ...args,
      '--data',
      dataDir,
      ...(config === undefined ? [] : ['--config', config]),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: cleanEnvironment() },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** The configuration of a backend in front of one upstream. */
export function configFor(baseUrl: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  const models = [{ id: 'test-model', multiplier: 1, contextWindow: 65_536, maxOutputTokens: 8_192 }];
  return { upstreams: [{ id: 'fake', baseUrl, models }], ...more };
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TOKENFARE_')));
}
