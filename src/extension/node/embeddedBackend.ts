import { spawn } from 'node:child_process';
import { chmod, mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import path from 'node:path';
import { PROTOCOL_VERSION, SECOND_EXIT_CODE, type Discovery } from '../../protocol/api.ts';
import { BackendUnavailable } from '../backend/backendUnavailable.ts';
import type { BackendLocator } from '../backend/backendConnection.ts';
import type { Endpoint } from '../backend/endpoint.ts';
import { compareVersions } from './compareVersions.ts';
import { embeddedCommand } from './embeddedCommand.ts';
import { providerKeys, type Secrets } from './providerKeys.ts';
import { endBackend, runningBackend } from './runningBackend.ts';

/** How long a start may take, a slow disk and a first migration included, before the person is told. */
const START_TIMEOUT_MS = 20_000;
/** How long an older backend may drain before a newer one gives up waiting for it: its own limit is 10 s. */
const DRAIN_TIMEOUT_MS = 12_000;
/** How often the discovery file is looked at while a backend starts or stops. */
const POLL_MS = 25;
/** A log of more is put aside at the next start: it tells of tens of thousands of requests. */
const LARGEST_LOG_BYTES = 5_000_000;
/** How much of the log's end is read for the sentence that says why a start failed. */
const LOG_TAIL_BYTES = 4_096;

export interface EmbeddedBackendOptions {
  /** The bundled backend that a Node process can run. */
  readonly script: string;
  /** Where database, key, discovery file and log are; one folder per user, shared by all windows. */
  readonly dataDir: string;
  /** This extension's version: an older backend is drained and replaced by ours. */
  readonly version: string;
  /** Where the keys of the person's own providers are. */
  readonly secrets: Secrets;
}

/** The backend of this machine: one process per user, found through its discovery file, started when there is none. */
export class EmbeddedBackend implements BackendLocator {
  readonly #options: EmbeddedBackendOptions;

  constructor(options: EmbeddedBackendOptions) {
    this.#options = options;
  }

  get logFile(): string {
    return path.join(this.#options.dataDir, 'backend.log');
  }

  /** A backend that is found has the keys of the person's own providers by the time that anybody calls it. */
  async locate(signal: AbortSignal): Promise<Endpoint> {
    const { secrets, dataDir } = this.#options;
    await providerKeys.moveFromFiles(secrets, dataDir);
    const endpoint = await this.#find(signal);
    await providerKeys.handOver(secrets, dataDir, endpoint);
    return endpoint;
  }

  /** `until`: how long it is tried, where ours came second to another window's that is older, or ended at once. */
  async #find(signal: AbortSignal, until?: AbortSignal): Promise<Endpoint> {
    const running = await runningBackend(this.#options.dataDir);
    if (running && (await this.#fits(running, signal))) return this.#endpoint(running);
    const child = await this.#start().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      const sentence = `The data folder ${this.#options.dataDir} cannot be used: ${reason}.`;
      throw new BackendUnavailable(sentence, { signedOut: false });
    });
    const deadline = until ?? AbortSignal.any([signal, AbortSignal.timeout(START_TIMEOUT_MS)]);
    while (!deadline.aborted) {
      // Before the look: where ours has ended, another window's may have come first, and is there by now.
      const hasEnded = child.exitCode !== null || child.signalCode !== null;
      const started = await runningBackend(this.#options.dataDir);
      if (started && started.pid === child.pid) return this.#endpoint(started);
      if (started || child.exitCode === SECOND_EXIT_CODE) return this.#find(signal, deadline);
      if (hasEnded) break;
      await pause(POLL_MS);
    }
    throw await this.#startFailure();
  }

  /** A newer extension replaces an older backend; an older one works with a newer backend of the same protocol. */
  async #fits(running: Discovery, signal: AbortSignal): Promise<boolean> {
    if (compareVersions(running.version, this.#options.version) < 0) {
      await this.#drain(running, signal);
      return false;
    }
    if (running.protocol === PROTOCOL_VERSION) return true;
    throw new BackendUnavailable(
      `The running backend is version ${running.version}, newer than this window knows. Reload the window to go on.`,
      { signedOut: false },
    );
  }

  async #drain(running: Discovery, signal: AbortSignal): Promise<void> {
    const { pid } = running;
    endBackend(running);
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(DRAIN_TIMEOUT_MS)]);
    while (!deadline.aborted && isAlive(pid)) await pause(POLL_MS);
  }

  async #start() {
    const { script, dataDir } = this.#options;
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await this.#keepLogSmall();
    const log = await open(this.logFile, 'a', 0o600);
    await chmod(this.logFile, 0o600);
    const { args, env } = embeddedCommand(script, process.env);
    const child = spawn(process.execPath, [...args, '--data', dataDir, '--port', '0', '--exit-when-idle'], {
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env,
      windowsHide: true,
    });
    child.on('error', () => undefined);
    child.unref();
    await log.close();
    return child;
  }

  /** The log before this one is kept beside it, those before that are not. */
  async #keepLogSmall(): Promise<void> {
    const size = await stat(this.logFile).then(
      (file) => file.size,
      () => 0,
    );
    if (size > LARGEST_LOG_BYTES) await rename(this.logFile, `${this.logFile}.old`);
  }

  async #endpoint(running: Discovery): Promise<Endpoint> {
    const file = path.join(this.#options.dataDir, 'key');
    const key = await readFile(file, 'utf8').catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new BackendUnavailable(`The key in ${file} cannot be read: ${reason}.`, { signedOut: false });
    });
    return { url: running.url.replace(/\/+$/, ''), key: key.trim() };
  }

  async #startFailure(): Promise<BackendUnavailable> {
    const reason = await this.#lastLogLine();
    return new BackendUnavailable(reason ?? 'it gave no reason', { signedOut: false });
  }

  /** The backend's own last sentence: it ends a failed start with one plain line. */
  async #lastLogLine(): Promise<string | null> {
    try {
      const { size } = await stat(this.logFile);
      const file = await open(this.logFile, 'r');
      const tail = Buffer.alloc(Math.min(size, LOG_TAIL_BYTES));
      await file.read(tail, 0, tail.length, size - tail.length);
      await file.close();
      return tail.toString('utf8').trim().split('\n').at(-1) || null;
    } catch {
      return null;
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
