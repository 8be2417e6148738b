import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openCheckpointStore, type CheckpointStore } from '../src/extension/node/checkpointStore.ts';

/**
 * The checkpoint store in folders of several sizes: one JSON line per figure, as medians. Every run is a process of its
 * own, and the sizes take turns, so that what else the machine is doing meets all of them alike.
 */
const SIZES = [100, 5_000, 50_000];

const [RUNS, ROUNDS] = [5, 10];
/** Several times what the young generation holds; as many threads as Node has. */
const [WARM_STRINGS, WARM_THREADS] = [20_000, 4];
const LARGE_BYTES = 50 * 1024 * 1024;
const text = (mark: string): string => Array.from({ length: 200 }, (_, n) => `line ${n} of ${mark}\n`).join('');

const [place] = process.argv.slice(2);
if (place === undefined) measure();
else await run(place);

/** The folders are made here, so that the memory this takes is not counted. */
function measure(): void {
  const base = fs.mkdtempSync(path.join(os.tmpdir(), 'tokenfare-bench-'));
  try {
    for (const size of SIZES) fill(path.join(base, String(size), 'root'), size);
    // What a checkpoint waits for is its own bytes, not those of the folders that were just made.
    spawnSync('sync');
    const runs = Array.from({ length: RUNS }, () => SIZES.map((size) => figuresIn(path.join(base, String(size)))));
    for (const [index, size] of SIZES.entries())
      report(
        size,
        runs.flatMap((sizes) => sizes[index] ?? []),
      );
  } finally {
    fs.rmSync(base, { recursive: true, force: true });
  }
}

function figuresIn(folder: string): Figure[] {
  const { stdout } = spawnSync(process.execPath, [import.meta.filename, folder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Figure);
}

interface Figure {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
}

/** One run in a folder that stays what it is; its stores are made anew. */
async function run(folder: string): Promise<void> {
  const [root, dir, large] = [path.join(folder, 'root'), path.join(folder, 'store'), path.join(folder, 'large')];
  await smallFiles(root, dir);
  await largeFile(root, large);
  for (const made of [dir, large]) fs.rmSync(made, { recursive: true });
}

async function smallFiles(root: string, dir: string): Promise<void> {
  await warmUp(dir);
  const peak = watchMemory();
  const [checkpoints, rollBacks, opens]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const store = await timed(opens, () => openCheckpointStore(dir, root));
    await timed(checkpoints, () => checkpoint(store, `g${String(round)}`, String(round)));
    await store.close();
  }
  tell('disk_10_checkpoints', bytesOf(dir), 'bytes');
  const store = await openCheckpointStore(dir, root);
  for (let round = ROUNDS - 1; round >= 0; round -= 1) {
    await timed(rollBacks, () => store.rollBack([`g${String(round)}`], { onConflict: 'stop' }));
  }
  await store.close();
  tell('open', median(opens), 'ms');
  tell('checkpoint_3_files', median(checkpoints), 'ms');
  tell('rollback_3_files', median(rollBacks), 'ms');
  tell('extra_memory', peak(), 'bytes');
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

async function largeFile(root: string, dir: string): Promise<void> {
  const store = await openCheckpointStore(dir, root);
  await store.begin('large', { prompt: 'bench' });
  const peak = watchMemory();
  const times: number[] = [];
  await timed(times, () => store.record('large', 'large.bin'));
  const fd = fs.openSync(path.join(root, 'large.bin'), 'r+');
  fs.writeSync(fd, Buffer.from('touched'), 0, 7, 1_000_000);
  fs.closeSync(fd);
  await timed(times, () => store.commit('large'));
  tell(
    'large_checkpoint',
    times.reduce((sum, time) => sum + time, 0),
    'ms',
  );
  tell('large_extra_memory', peak(), 'bytes');
  tell('large_store', bytesOf(dir) / LARGE_BYTES, 'ratio');
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

function tell(metric: string, value: number, unit: string): void {
  console.log(JSON.stringify({ metric, value, unit } satisfies Figure));
}

function report(size: number, figures: readonly Figure[]): void {
  for (const [metric, all] of Map.groupBy(figures, (figure) => figure.metric)) {
    const value = Number(median(all.map((figure) => figure.value)).toFixed(3));
    console.log(JSON.stringify({ bench: `checkpointStore_${size}`, metric, value, unit: all[0]?.unit }));
  }
}
