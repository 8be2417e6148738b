import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Pool } from 'undici';
import { projectRoot } from '../scripts/projectRoot.ts';

// Metered calls against a bare proxy in front of the same service, by turns in the same minute: one JSON line per
// figure. Each comparison is made in several rounds, and the median round counts.
const CONNECTIONS = 32;
const SECONDS = 4;
const ROUNDS = 3;
const ONE_BY_ONE = 400;
const STREAMS = 200;
const PAUSE_MS = 20;
/** For the backend's process, such as `--cpu-prof`. */
const flags = process.argv.slice(2);

const dataDir = mkdtempSync(path.join(tmpdir(), 'tokenfare-bench-'));
const children: ChildProcess[] = [];
try {
  await measure();
} finally {
  for (const child of children) child.kill();
  rmSync(dataDir, { recursive: true, force: true });
}

interface Target {
  readonly origin: string;
  readonly path: (pauseMs: number) => string;
  readonly model: (pauseMs: number) => string;
  readonly key: string;
}

async function measure(): Promise<void> {
  const upstream = await launch('bench/calls/zeroThinkUpstream.ts');
  const bare = await launch('bench/calls/bareProxy.ts', upstream.url);
  configure(upstream.url);
  await (await launchBackend()).end();
  enrich();
  const started = performance.now();
  const backend = await launchBackend();
  await fetch(`${backend.url}/v1/account`, { headers: { authorization: `Bearer ${backend.key}` } });
  report('start_to_first_answer', performance.now() - started, 'ms');

  const path_ = (pauseMs: number): string => `/${String(pauseMs)}/v1/chat/completions`;
  const direct: Target = { origin: upstream.url, path: path_, model: () => 'bench', key: '' };
  const proxy: Target = { ...direct, origin: bare.url };
  const metered: Target = {
    ...{ origin: backend.url, key: backend.key, path: () => '/v1/chat/completions' },
    model: (pauseMs) => `pause-${String(pauseMs)}`,
  };
  for (const target of [proxy, metered]) await throughput(target, 1);

  const rates: [number, number][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.push([await throughput(metered, SECONDS), await throughput(proxy, SECONDS)]);
  }
  report('requests_per_second', median(rates.map(([ours]) => ours)), '1/s');
  report('bare_requests_per_second', median(rates.map(([, bares]) => bares)), '1/s');
  report('share_of_bare', median(rates.map(([ours, bares]) => ours / bares)), 'ratio');
  report('memory_after_load', rssOf(backend.pid), 'bytes');

  const plain: [number, number][] = [];
  const first: [number, number][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    plain.push([await oneByOne(metered, false), await oneByOne(proxy, false)]);
    first.push([await oneByOne(metered, true), await oneByOne(direct, true)]);
  }
  report('added_over_bare_p50', median(plain.map(([ours, bares]) => ours - bares)), 'ms');
  report('first_chunk_added_over_direct_p50', median(first.map(([ours, directs]) => ours - directs)), 'ms');

  const crowd: [number, number][] = [];
  for (let round = 0; round < ROUNDS; round += 1) crowd.push([await atOnce(metered), await atOnce(proxy)]);
  report('streams_200_first_chunk_p50', median(crowd.map(([ours]) => ours)), 'ms');
  report('streams_200_first_chunk_over_bare', median(crowd.map(([ours, bares]) => ours / bares)), 'ratio');
  await backend.end();
}

function bodyOf(target: Target, pauseMs: number, stream: boolean): string {
  const content = 'Create a users table with columns: name, email, role.';
  const model = target.model(pauseMs);
  return JSON.stringify({ model, messages: [{ role: 'user', content }], max_tokens: 100, ...(stream && { stream }) });
}

/** Whole answers a second over so many connections at once. */
async function throughput(target: Target, seconds: number): Promise<number> {
  const pool = new Pool(target.origin, { connections: CONNECTIONS });
  const body = bodyOf(target, 0, false);
  const until = performance.now() + seconds * 1000;
  let answered = 0;
  const started = performance.now();
  const connection = async (): Promise<void> => {
    while (performance.now() < until) {
      const answer = await pool.request(asking(target, 0, body));
      await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`answered ${String(answer.statusCode)}`);
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  const rate = (answered * 1000) / (performance.now() - started);
  await pool.close();
  return rate;
}

/** The median time to a whole answer, or to a stream's first chunk, over one connection. */
async function oneByOne(target: Target, stream: boolean): Promise<number> {
  const pool = new Pool(target.origin, { connections: 1 });
  const body = bodyOf(target, 0, stream);
  const times: number[] = [];
  for (let count = 0; count < ONE_BY_ONE; count += 1) times.push(await timeOf(pool, asking(target, 0, body), stream));
  await pool.close();
  return median(times);
}

/** The median time to the first chunk of streams that are all opened at once. */
async function atOnce(target: Target): Promise<number> {
  const pool = new Pool(target.origin, { connections: STREAMS });
  const body = bodyOf(target, PAUSE_MS, true);
  const times = await Promise.all(
    Array.from({ length: STREAMS }, () => timeOf(pool, asking(target, PAUSE_MS, body), true)),
  );
  await pool.close();
  return median(times);
}

async function timeOf(pool: Pool, asked: ReturnType<typeof asking>, toFirstChunk: boolean): Promise<number> {
  const started = performance.now();
  let first = 0;
  const answer = await pool.request(asked);
  for await (const _ of answer.body) first ||= performance.now() - started;
  return toFirstChunk ? first : performance.now() - started;
}

function asking(target: Target, pauseMs: number, body: string) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${target.key}` };
  return { method: 'POST', path: target.path(pauseMs), headers, body } as const;
}

function configure(upstream: string): void {
  const upstreams = [0, PAUSE_MS].map((pauseMs) => ({
    ...{ id: `pause-${String(pauseMs)}`, baseUrl: `${upstream}/${String(pauseMs)}/v1` },
    models: [{ id: `pause-${String(pauseMs)}` }],
  }));
  const limits = { requestsPerMinute: 100_000_000, concurrentGenerations: 1_000 };
  writeFileSync(path.join(dataDir, 'config.json'), JSON.stringify({ upstreams, limits, ollama: { discover: false } }));
}

/** The local account's allowance would be used up within a second. */
function enrich(): void {
  const amount = '1000000000000';
  const args = ['--data', dataDir, 'grants', 'add', 'local', amount, '--reason', 'bench'];
  spawnSync(process.execPath, [path.join(projectRoot, 'src/backend/admin.ts'), ...args], { stdio: 'ignore' });
}

/** The real backend, its log in a file. */
async function launchBackend() {
  const log = openSync(path.join(dataDir, 'log'), 'a');
  const args = ['--data', dataDir, '--port', '0', '--config', path.join(dataDir, 'config.json')];
  const child = spawn(process.execPath, [...flags, path.join(projectRoot, 'src/backend/main.ts'), ...args], {
    stdio: ['ignore', 'pipe', log],
  });
  children.push(child);
  const { url, pid } = JSON.parse(await firstLine(child)) as { url: string; pid: number };
  const key = readFileSync(path.join(dataDir, 'key'), 'utf8').trim();
  const end = async (): Promise<void> => {
    child.kill('SIGTERM');
    await once(child, 'close');
  };
  return { url, pid, key, end };
}

/** A program that prints its URL. */
async function launch(file: string, ...args: string[]): Promise<{ url: string }> {
  const child = spawn(process.execPath, [path.join(projectRoot, file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return { url: await firstLine(child) };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('a child without stdout');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return line;
}

/** Resident bytes of a process, as Linux tells them. */
function rssOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function report(metric: string, value: number, unit: string): void {
  console.log(JSON.stringify({ bench: 'calls', metric, value: Math.round(value * 1000) / 1000, unit }));
}
