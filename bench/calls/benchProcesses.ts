import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../../scripts/projectRoot.ts';
import { embeddedCommand } from '../../src/extension/node/embeddedCommand.ts';
import { PAUSE_MS, type Target } from './load.ts';

/**
 * The processes of a benchmark, on a data folder of their own: the zero-think service, a bare proxy in front of it, and
 * the backend.
 */
export class BenchProcesses {
  readonly #dataDir = mkdtempSync(path.join(tmpdir(), 'tokenfare-bench-'));
  readonly #children: ChildProcess[] = [];

  /** The service itself. */
  async startUpstream(): Promise<Target> {
    const origin = await this.#startProgram('zeroThinkUpstream.ts');
    const upstreams = [0, PAUSE_MS].map((pauseMs) => ({
      ...{ id: `pause-${pauseMs}`, baseUrl: `${origin}/${pauseMs}/v1` },
      models: [{ id: `pause-${pauseMs}` }],
    }));
    const limits = { requestsPerMinute: 100_000_000, concurrentGenerations: 1_000 };
    writeFileSync(this.#config, JSON.stringify({ upstreams, limits, ollama: { discover: false } }));
    return { origin, path: (pauseMs) => `/${pauseMs}/v1/chat/completions`, model: () => 'bench', key: '' };
  }

  async startProxy(upstream: Target): Promise<Target> {
    return { ...upstream, origin: await this.#startProgram('bareProxy.ts', upstream.origin) };
  }

  /** The real backend as it ships. Its log goes into a file. */
  async startBackend(): Promise<MeteredTarget> {
    const log = openSync(path.join(this.#dataDir, 'log'), 'a');
    const args = ['--data', this.#dataDir, '--port', '0', '--config', this.#config];
    const child = this.#start([...program.args, ...args], log, program.env);
    const { url, pid } = JSON.parse(await firstLine(child)) as { url: string; pid: number };
    return {
      origin: url,
      path: () => '/v1/chat/completions',
      model: (pauseMs) => `pause-${pauseMs}`,
      key: readFileSync(path.join(this.#dataDir, 'key'), 'utf8').trim(),
      residentBytes: () => residentBytesOf(pid),
      end: async () => {
        process.kill(pid, 'SIGTERM');
        await once(child, 'close');
      },
    };
  }

  /** The local account's allowance would be used up within a second. */
  grantMuch(): void {
    const args = ['--data', this.#dataDir, 'grants', 'add', 'local', '1000000000000', '--reason', 'bench'];
    spawnSync(process.execPath, [path.join(projectRoot, 'src/backend/admin.ts'), ...args]);
  }

  endAll(): void {
    for (const child of this.#children) child.kill();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  get #config(): string {
    return path.join(this.#dataDir, 'config.json');
  }

  async #startProgram(file: string, ...args: string[]): Promise<string> {
    return firstLine(this.#start([path.join(import.meta.dirname, file), ...args], 'inherit'));
  }

  #start(args: readonly string[], stderr: number | 'inherit', env = process.env): ChildProcess {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', stderr], env });
    this.#children.push(child);
    return child;
  }
}

/** The backend as the extension starts it. */
const program = embeddedCommand(path.join(projectRoot, 'dist/backend.js'), process.env);

export interface MeteredTarget extends Target {
  residentBytes(): number;
  end(): Promise<void>;
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('a child without stdout');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return line;
}

/** Resident bytes of a process, as Linux tells them. */
function residentBytesOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}
