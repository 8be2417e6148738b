import { estimate, type ReceiptSample } from '../src/core/estimate.ts';
import { estimatePrior } from '../src/core/estimatePrior.ts';
import { charge } from '../src/core/rateCard.ts';
import { requestKinds, type RequestKind } from '../src/core/requestKind.ts';
import { millitokens } from '../src/core/tokens.ts';
import { splitUsage } from '../src/core/usageSplit.ts';

// How often a message costs what was estimated, and how wide that was, on simulated accounts: one JSON line per figure.
// Every account has habits of its own, which differ from the prior by `bias`, and scatters around them by `scatter`
// times the prior's own spread. The same seed gives the same figures.
const ACCOUNTS = 200;
const MESSAGES = 40;
const PROMPT_TOKENS = 30;
const SENT_ALONG = 2_500;

const populations = [
  { name: 'as_the_prior', bias: { mean: 0, sigma: 0 }, scatter: 1 },
  { name: 'with_habits', bias: { mean: 0, sigma: 0.6 }, scatter: 0.8 },
  { name: 'far_cheaper', bias: { mean: Math.log(0.2), sigma: 0.2 }, scatter: 0.3 },
  { name: 'dearer', bias: { mean: Math.log(2), sigma: 0.2 }, scatter: 1 },
] as const;
/** How many receipts of its kind and model there were. */
const stages = [
  { name: 'none', from: 0, to: 0 },
  { name: '1_to_7', from: 1, to: 7 },
  { name: '8_to_19', from: 8, to: 19 },
  { name: '20_to_39', from: 20, to: 39 },
] as const;

interface Trial {
  readonly receipts: number;
  readonly isCovered: boolean;
  /** The high end over the low end. */
  readonly width: number;
  /** What was expected over what it cost. */
  readonly bias: number;
}

const next = seeded(20_260_101);
for (const population of populations) {
  const trials = Array.from({ length: ACCOUNTS }, () => playAccount(population)).flat();
  for (const { name, from, to } of stages) {
    const at = trials.filter(({ receipts }) => receipts >= from && receipts <= to);
    const covered = at.filter(({ isCovered }) => isCovered).length / at.length;
    report(`${population.name}_coverage_${name}`, covered, 'share');
    report(`${population.name}_width_${name}`, median(at.map(({ width }) => width)), 'high/low');
    report(`${population.name}_likely_${name}`, median(at.map(({ bias }) => bias)), 'likely/actual');
  }
}

function playAccount(population: (typeof populations)[number]): Trial[] {
  const kind = requestKinds[Math.floor(next() * requestKinds.length)] ?? 'table';
  const habit = (): number => population.bias.mean + population.bias.sigma * normal();
  const habits = { output: habit(), reads: habit() };
  const receipts: ReceiptSample[] = [];
  const trials: Trial[] = [];
  for (let message = 0; message < MESSAGES; message += 1) {
    const { low, likely, high } = estimate({
      ...{ prompt: 'word '.repeat(PROMPT_TOKENS), contextTokens: SENT_ALONG, kind, multiplier: 1, receipts },
    });
    const receipt = playGeneration(kind, habits, population.scatter);
    const isCovered = receipt.charged >= low && receipt.charged <= high;
    trials.push({ receipts: receipts.length, isCovered, width: high / low, bias: likely / receipt.charged });
    receipts.unshift(receipt);
  }
  return trials;
}

/** Call by call as the backend bills it: what was sent before is cached, what is new is context. */
function playGeneration(kind: RequestKind, habits: { output: number; reads: number }, scatter: number): ReceiptSample {
  const { calls, reads, output } = estimatePrior[kind];
  const spread = Math.log(output.p90 / output.p10) / 2.5632;
  const answer = output.p50 * Math.exp(habits.output + scatter * spread * normal());
  const read = reads * Math.exp(habits.reads + scatter * 0.5 * normal());
  let sent = SENT_ALONG + PROMPT_TOKENS;
  let previousPromptTokens = 0;
  let charged = 0;
  for (let call = 0; call < calls; call += 1) {
    const reported = { promptTokens: Math.round(sent), cachedTokens: 0, responseTokens: Math.round(answer / calls) };
    const firstCall = call === 0;
    const usage = splitUsage({ promptTextTokens: PROMPT_TOKENS, reported, firstCall, previousPromptTokens });
    charged += charge(usage, 1).total;
    previousPromptTokens = reported.promptTokens;
    sent += answer / calls + read / Math.max(1, calls - 1);
  }
  const counts = { responseTokens: Math.round(answer), readTokens: Math.round(read), calls };
  return { kind, model: 'bench', ...counts, charged: millitokens(charged) };
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}

function normal(): number {
  return Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function report(metric: string, value: number, unit: string): void {
  console.log(JSON.stringify({ bench: 'estimates', metric, value: Math.round(value * 1000) / 1000, unit }));
}
