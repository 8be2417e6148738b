import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openCheckpointStore, type CheckpointStore } from '../src/extension/node/checkpointStore.ts';

/** The checkpoint store in folders of several sizes, a process for each: one JSON line per figure, times as medians. */
const SIZES = [100, 5_000, 50_000];

const ROUNDS = 10;
/** Several times what the young generation holds; as many threads as Node has. */
const [WARM_STRINGS, WARM_THREADS] = [20_000, 4];
const LARGE_BYTES = 50 * 1024 * 1024;
const text = (mark: string): string => Array.from({ length: 200 }, (_, n) => `line ${n} of ${mark}\n`).join('');

const [given, place = ''] = process.argv.slice(2);
if (given !== undefined) {
  await small(path.join(place, 'root'), path.join(place, 'store'), Number(given));
  await large(path.join(place, 'root'), path.join(place, 'large'), Number(given));
} else {
  for (const size of SIZES) measure(size);
}

/** The folder is made here, so that the memory this takes is not counted. */
function measure(size: number): void {
  const base = fs.mkdtempSync(path.join(os.tmpdir(), 'tokenfare-bench-'));
  try {
    fill(path.join(base, 'root'), size);
    spawnSync(process.execPath, [import.meta.filename, String(size), base], { stdio: 'inherit' });
  } finally {
    fs.rmSync(base, { recursive: true, force: true });
  }
}

async function small(root: string, dir: string, size: number): Promise<void> {
  await warmUp(dir);
  const peak = watchMemory();
  const [checkpoints, rollBacks, opens]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const store = await timed(opens, () => openCheckpointStore(dir, root));
    await timed(checkpoints, () => checkpoint(store, `g${String(round)}`, String(round)));
    await store.close();
  }
  report(size, 'disk_10_checkpoints', bytesOf(dir), 'bytes');
  const store = await openCheckpointStore(dir, root);
  for (let round = ROUNDS - 1; round >= 0; round -= 1) {
    await timed(rollBacks, () => store.rollBack([`g${String(round)}`], { onConflict: 'stop' }));
  }
  await store.close();
  report(size, 'open', median(opens), 'ms');
  report(size, 'checkpoint_3_files', median(checkpoints), 'ms');
  report(size, 'rollback_3_files', median(rollBacks), 'ms');
  report(size, 'extra_memory', peak(), 'bytes');
}

async function checkpoint(store: CheckpointStore, id: string, mark: string): Promise<void> {
  await store.begin(id, { prompt: 'bench' });
  const files = ['0/0.txt', '0/1.txt', '0/2.txt'];
  await store.apply(
    id,
    files.map((file) => ({ kind: 'write', path: file, content: text(`${file} ${mark}`) })),
  );
  await store.commit(id);
}

async function large(root: string, dir: string, size: number): Promise<void> {
  const store = await openCheckpointStore(dir, root);
  await store.begin('large', { prompt: 'bench' });
  const peak = watchMemory();
  const times: number[] = [];
  await timed(times, () => store.record('large', 'large.bin'));
  const fd = fs.openSync(path.join(root, 'large.bin'), 'r+');
  fs.writeSync(fd, Buffer.from('touched'), 0, 7, 1_000_000);
  fs.closeSync(fd);
  await timed(times, () => store.commit('large'));
  report(
    size,
    'large_checkpoint',
    times.reduce((sum, time) => sum + time, 0),
    'ms',
  );
  report(size, 'large_extra_memory', peak(), 'bytes');
  report(size, 'large_store', bytesOf(dir) / LARGE_BYTES, 'ratio');
  await store.close();
}

function fill(root: string, size: number): void {
  for (let number = 0; number < size; number += 1) {
    const folder = path.join(root, String(Math.floor(number / 100)));
    if (number % 100 === 0) fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, `${String(number % 100)}.txt`), text(String(number)));
  }
  fs.writeFileSync(path.join(root, 'large.bin'), Buffer.alloc(LARGE_BYTES, 0).fill('binary\0'));
}

/**
 * Brings the process to where an extension host is: its young generation has been through collections, its threads for
 * the disk run. What the first use of those takes is not the store's.
 */
async function warmUp(place: string): Promise<void> {
  fs.mkdirSync(place, { recursive: true });
  let strings: string[] = [];
  for (let made = 0; made < WARM_STRINGS; made += 1) {
    if (made % 1_000 === 0) strings = [];
    strings.push(text(String(made)).slice(0, 100) + String(made));
  }
  await Promise.all(Array.from({ length: WARM_THREADS }, () => fs.promises.stat(place)));
}

/** The most memory in use beyond what was in use at the start, looked at after every turn of the event loop. */
function watchMemory(): () => number {
  const start = process.memoryUsage().rss;
  let most = start;
  const look = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 1);
  return () => {
    clearInterval(look);
    return Math.max(most, process.memoryUsage().rss) - start;
  };
}

async function timed<T>(times: number[], work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  times.push(performance.now() - start);
  return result;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function bytesOf(folder: string): number {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.reduce((sum, name) => sum + fs.statSync(path.join(folder, name)).blocks * 512, 0);
}

function report(size: number, metric: string, value: number, unit: string): void {
  console.log(
    JSON.stringify({ bench: `checkpointStore_${String(size)}`, metric, value: Number(value.toFixed(3)), unit }),
  );
}
