import { build } from '../esbuild.config.mjs';
import { BenchProcesses, type MeteredTarget } from './calls/benchProcesses.ts';
import { load, median, type Target } from './calls/load.ts';

// Metered calls against a bare proxy in front of the same service, by turns in the same minute: one JSON line per
// figure. Each comparison is made in several rounds, and the median round counts.
const ROUNDS = 3;
/** Before, half of the second core compiles what has turned out to be hot. */
const WARM_UP_SECONDS = 4;
const LOAD_SECONDS = 4;

const processes = new BenchProcesses();
try {
  const direct = await processes.startUpstream();
  const proxy = await processes.startProxy(direct);
  await build({ release: true });
  await measureStart();
  const metered = await processes.startBackend();
  for (const target of [proxy, metered]) await load.throughput(target, WARM_UP_SECONDS);
  await measureLoad(metered, proxy);
  await measureLatency(metered, proxy, direct);
  await measureCrowd(metered, proxy);
  await metered.end();
} finally {
  processes.endAll();
}

/** From the start of the embedded backend to its first answer, on a database that is there. */
async function measureStart(): Promise<void> {
  await (await processes.startBackend()).end();
  processes.grantMuch();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    const backend = await processes.startBackend();
    const headers = { authorization: `Bearer ${backend.key}` };
    await (await fetch(`${backend.origin}/v1/account`, { headers })).json();
    times.push(performance.now() - started);
    await backend.end();
  }
  report('start_to_first_answer', median(times), 'ms');
}

async function measureLoad(metered: MeteredTarget, proxy: Target): Promise<void> {
  const { ours, bare, share } = await compare(metered, proxy, (target) => load.throughput(target, LOAD_SECONDS));
  report('requests_per_second', ours, '1/s');
  report('bare_requests_per_second', bare, '1/s');
  report('share_of_bare', share, 'ratio');
  report('memory_after_load', metered.residentBytes(), 'bytes');
}

async function measureLatency(metered: Target, proxy: Target, direct: Target): Promise<void> {
  const plain = await compare(metered, proxy, load.wholeAnswer);
  report('added_over_bare_p50', plain.added, 'ms');
  const first = await compare(metered, direct, load.firstChunk);
  report('first_chunk_added_over_direct_p50', first.added, 'ms');
}

async function measureCrowd(metered: Target, proxy: Target): Promise<void> {
  const { ours, share } = await compare(metered, proxy, (target) => load.firstChunkInCrowd(target));
  report('streams_200_first_chunk_p50', ours, 'ms');
  report('streams_200_first_chunk_over_bare', share, 'ratio');
}

/** The medians of both, of their quotient and of their difference, over rounds that alternate. */
async function compare(metered: Target, other: Target, measure: (target: Target) => Promise<number>) {
  const rounds: { ours: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({ ours: await measure(metered), bare: await measure(other) });
  }
  return {
    ours: median(rounds.map(({ ours }) => ours)),
    bare: median(rounds.map(({ bare }) => bare)),
    share: median(rounds.map(({ ours, bare }) => ours / bare)),
    added: median(rounds.map(({ ours, bare }) => ours - bare)),
  };
}

function report(metric: string, value: number, unit: string): void {
  console.log(JSON.stringify({ bench: 'calls', metric, value: Math.round(value * 1000) / 1000, unit }));
}
