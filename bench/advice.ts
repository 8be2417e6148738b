import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { advise, type Advice, type AdviceInput } from '../src/core/advice.ts';

// How fast advice is given, and with CORPORA (a folder with check.mjs and the labelled cases) how well.

function figure(metric: string, value: number, unit: string): void {
  console.log(JSON.stringify({ bench: 'advice', metric, value: Math.round(value * 1000) / 1000, unit }));
}

const RUNS = 1_000;
const earlier = Array.from({ length: 200 }, (_, at) => ({
  prompt: `add column ${String(at)} to the orders table`,
  secondsAgo: (200 - at) * 30,
  charged: 2_000,
  rolledBack: false,
  failed: false,
}));
const prompt = 'Make the header blue, and then the cards too, with more padding. '.repeat(160).slice(0, 10_000);
const times: number[] = [];
for (let run = 0; run < RUNS; run++) {
  const started = performance.now();
  advise({ prompt, earlier, queue: [], balance: 100_000, allowance: 300_000 });
  times.push(performance.now() - started);
}
times.sort((a, b) => a - b);
figure('10,000 characters, 200 messages, p99', times[Math.floor(RUNS * 0.99)] ?? 0, 'ms');

const corpora = process.env.CORPORA;
if (corpora !== undefined) {
  const check = (await import(pathToFileURL(path.join(corpora, 'check.mjs')).href)) as Check;
  const score = check.scoreAdvice(
    (input) => advise({ ...input, balance: 250_000, allowance: 300_000 }),
    check.loadCases('advice.dev.jsonl'),
  );
  figure('cases right', score.passRate, 'share');
  for (const [kind, { f1, precision }] of Object.entries(score.perKind)) {
    figure(`${kind} F1`, f1, 'share');
    figure(`${kind} precision`, precision, 'share');
  }
}

interface Check {
  loadCases(name: string): unknown[];
  scoreAdvice(
    give: (input: Pick<AdviceInput, 'prompt' | 'earlier' | 'queue'>) => Advice[],
    cases: unknown[],
  ): { passRate: number; perKind: Record<string, { f1: number; precision: number }> };
}
