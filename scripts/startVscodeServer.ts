import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startPortRedirect } from './startPortRedirect.ts';

/** A running VS Code server and the way to end it. */
export interface VscodeServer {
  /** Without folder, token or payload: `http://127.0.0.1:PORT/`. */
  url: string;
  port: number;
  pid: number;
  /** Resolves once the server and the extension hosts it started are gone. */
  stop(): Promise<void>;
  /** Resolves when the server ends, by `stop` or by itself. */
  ended: Promise<void>;
}

export interface VscodeServerOptions {
  /** What `fetchVscodeServer` answered. */
  server: string;
  /** State of this server alone; made if it does not exist. */
  dataDir: string;
  /** 0, the default, is any free port. */
  port?: number;
  /** The folder that a window opens if its URL names none. */
  folder?: string;
  /** Needed in the URL as `tkn`; without one anybody on this machine may open the window. */
  token?: string;
  /** Merged over the settings that keep the window quiet. */
  settings?: Record<string, unknown>;
  /** Added to the environment that the extension host inherits. */
  env?: Record<string, string>;
}

/**
 * Starts VS Code's server on 127.0.0.1 and resolves once it answers.
 * @throws Error with the end of its log if it ends before that.
 */
export async function startVscodeServer(options: VscodeServerOptions): Promise<VscodeServer> {
  writeSettings(options);
  const redirect = await startPortRedirect();
  const child = spawn(process.execPath, serverArguments(options), {
    env: { ...cleanEnvironment(), VSCODE_PROXY_URI: redirect.template, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that its extension hosts end with it.
    detached: true,
  });
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => {
      redirect.close();
      resolve();
    });
  });
  const port = await listeningPort(child);
  const pid = child.pid ?? 0;
  return { url: `http://127.0.0.1:${port}/`, port, pid, ended, stop: () => stop(pid, ended) };
}

/** How to call the server's own command line, for `--install-extension` as well. */
export function serverArguments(options: VscodeServerOptions): string[] {
  const { server, dataDir, port = 0, folder, token } = options;
  return [
    path.join(server, 'out', 'server-main.js'),
    ...['--host', '127.0.0.1', '--port', port.toString(), '--accept-server-license-terms'],
    ...['--server-data-dir', dataDir, '--telemetry-level', 'off'],
    // Tests alone go without a token. The driver that they need shows no notifications, which people must see.
    ...(token === undefined
      ? ['--without-connection-token', '--enable-smoke-test-driver']
      : ['--connection-token', token]),
    ...(folder === undefined ? [] : ['--default-folder', folder]),
  ];
}

/** Without what an outer VS Code, Electron or npm would push into the extension host. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS|npm_)/i.test(name));
  return Object.fromEntries(kept);
}

/** How long a server may take until it listens, on a cold and busy machine. */
const START_TIMEOUT_MS = 60_000;
/** How long the server may take to end its extension hosts before they are killed. */
const STOP_TIMEOUT_MS = 5_000;

const quietSettings = {
  // Else the window is restricted and asks before any extension runs.
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
};

/** Twice: what concerns the machine that the extensions run on is only read from the second place. */
function writeSettings({ dataDir, settings }: VscodeServerOptions): void {
  for (const [place, content] of Object.entries({ User: { ...quietSettings, ...settings }, Machine: settings ?? {} })) {
    const folder = path.join(dataDir, 'data', place);
    const file = path.join(folder, 'settings.json');
    // What a person has set since then stays.
    if (settings === undefined && existsSync(file)) continue;
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, JSON.stringify(content, null, 2));
  }
}

function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let log = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
    }, START_TIMEOUT_MS);
    const read = (chunk: Buffer): void => {
      log = (log + chunk.toString()).slice(-10_000);
      const port = /listening on (\d+)/.exec(log)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(timer);
      reject(new Error(`VS Code's server did not start: ${log.trim().split('\n').slice(-3).join(' ')}`));
    });
  });
}

async function stop(pid: number, ended: Promise<void>): Promise<void> {
  killGroup(pid, 'SIGTERM');
  const timer = setTimeout(() => {
    killGroup(pid, 'SIGKILL');
  }, STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
  killGroup(pid, 'SIGKILL');
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // Gone already, which is what was asked for.
  }
}
