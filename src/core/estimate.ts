import { estimatePrior } from './estimatePrior.ts';
import { learnedReceipts, READS_FLOOR, type LearnedReceipts, type LogSpread } from './learnedReceipts.ts';
import { approximateModelTokens } from './modelTokens.ts';
import { charge, defaultRateCard, type Charge, type ChargeParts, type RateCard, type Usage } from './rateCard.ts';
import { classifyRequest, type RequestKind } from './requestKind.ts';
import { millitokens, type Millitokens } from './tokens.ts';

/**
 * What a message will cost, before it is sent: an 80 % interval, the expected cost in between, where it stops for
 * certain, and why. Takes microseconds, since it runs on every key. RangeError as `charge`.
 */
export function estimate(input: EstimateInput): Estimate {
  const kind = input.kind ?? classifyRequest(input.prompt);
  const card = input.card ?? defaultRateCard;
  const model = input.model;
  const samples = (input.receipts ?? []).filter(
    (each) => each.kind === kind && (model === undefined || each.model === model),
  );
  const shape = shapeOf(kind, learnedReceipts(samples) ?? input.learned?.[kind] ?? null);
  const promptTokens = approximateModelTokens(input.prompt);
  const certain = charge(usageOf(promptTokens, input.contextTokens, noWork), input.multiplier, card);
  const expected = charge(usageOf(promptTokens, input.contextTokens, shape), input.multiplier, card);
  const { low, high } = interval(certain.parts, expected, shape);
  const limit = messageLimit(high, input.cap);
  const stopsAt = millitokens(Math.min(limit, input.budgetLeft ?? limit));
  return { kind, low, likely: expected.total, high, stopsAt, reasons: reasonsOf(expected.parts, shape.samples) };
}

/** The most that a message may cost whose estimate ends at `high`: the person's own maximum, or the usual one. */
export function messageLimit(high: Millitokens, cap: Millitokens | undefined): Millitokens {
  return cap ?? millitokens(Math.max(STOPS_AT_LEAST, STOPS_AT_TIMES_HIGH * high));
}

export interface EstimateInput {
  readonly prompt: string;
  /** What is sent along with the message: system prompt, files, history. Model tokens. */
  readonly contextTokens: number;
  readonly kind?: RequestKind | undefined;
  readonly multiplier: number;
  readonly card?: RateCard | undefined;
  /** The account's own receipts, the newest first. */
  readonly receipts?: readonly ReceiptSample[] | undefined;
  /** The same summed up, by kind of request, for this model: where the receipts themselves are far. */
  readonly learned?: Readonly<Record<string, LearnedReceipts>> | undefined;
  /** Only receipts of this model count; without it, of any. */
  readonly model?: string | undefined;
  /** The person's own maximum per message. */
  readonly cap?: Millitokens | undefined;
  /** What is left of their own budget: it stops there at the latest. */
  readonly budgetLeft?: Millitokens | undefined;
}

/**
 * What a settled generation teaches. Counts are model tokens over all its calls; `readTokens` is what its tools read.
 */
export interface ReceiptSample {
  readonly kind: RequestKind;
  readonly model: string;
  readonly responseTokens: number;
  readonly readTokens: number;
  readonly calls: number;
  readonly charged: Millitokens;
}

export interface EstimateReason {
  readonly part: keyof ChargeParts;
  readonly millitokens: Millitokens;
  readonly basis: 'prior' | 'receipts';
  /** How many receipts it was learned from. */
  readonly n?: number;
}

export interface Estimate {
  readonly kind: RequestKind;
  readonly low: Millitokens;
  readonly likely: Millitokens;
  readonly high: Millitokens;
  /** The firm promise: the message never costs more. */
  readonly stopsAt: Millitokens;
  readonly reasons: readonly EstimateReason[];
}

/** A message stops at the larger of 4 tokens and twice `high`, unless the person set a maximum (design, section 3). */
const STOPS_AT_LEAST = 4_000;
const STOPS_AT_TIMES_HIGH = 2;
/** n receipts weigh n/(n+8): after eight, half of what is known is the account's own (design, section 3). */
const PRIOR_WEIGHT = 8;
/** The standard normal's 90th percentile: from P10 to P90 lie 80 %. */
const Z90 = 1.2816;
/**
 * How far what a model reads scatters around its median, as a log-normal's sigma: half as much to 1.9 times for 80 %.
 */
const READS_SIGMA = 0.5;
/** P90 at thirteen times the median: a wider range tells nothing, and beyond 6.5 its mean would lie outside of it. */
const MAX_VARIANCE = 4;

/** What the model is expected to do: means, and the variance of each in log space. */
interface Shape {
  readonly calls: number;
  readonly output: number;
  readonly outputVariance: number;
  readonly reads: number;
  readonly readsVariance: number;
  readonly samples: number;
}

const noWork: Shape = { calls: 1, output: 0, outputVariance: 0, reads: 0, readsVariance: 0, samples: 0 };

interface LogNormal {
  readonly mu: number;
  readonly variance: number;
}

function shapeOf(kind: RequestKind, learned: LearnedReceipts | null): Shape {
  const { calls, reads, output } = estimatePrior[kind];
  const sigma = Math.log(output.p90 / output.p10) / (2 * Z90);
  const outputPrior = { mu: Math.log(output.p50), variance: sigma * sigma };
  const readsPrior = { mu: Math.log(reads + READS_FLOOR), variance: reads === 0 ? 0 : READS_SIGMA * READS_SIGMA };
  const count = learned?.count ?? 0;
  const own = count / (count + PRIOR_WEIGHT);
  const outputs = learned ? learn(outputPrior, learned.output, own) : outputPrior;
  const read = learned ? learn(readsPrior, learned.reads, own) : readsPrior;
  return {
    calls: Math.max(1, own * (learned?.calls ?? 0) + (1 - own) * calls),
    output: meanOf(outputs),
    outputVariance: outputs.variance,
    reads: Math.max(0, meanOf(read) - READS_FLOOR),
    readsVariance: read.variance,
    samples: count,
  };
}

/**
 * Prior and receipts in log space. What they differ by widens the interval, so that a change of habit is not sworn
 * away. `own` is the weight of the receipts.
 */
function learn(prior: LogNormal, { mean, variance }: LogSpread, own: number): LogNormal {
  const apart = mean - prior.mu;
  return {
    mu: own * mean + (1 - own) * prior.mu,
    variance: Math.min(MAX_VARIANCE, own * variance + (1 - own) * prior.variance + own * (1 - own) * apart * apart),
  };
}

function meanOf({ mu, variance }: LogNormal): number {
  return Math.exp(mu + variance / 2);
}

/**
 * All calls of a generation as one usage. Message and prompt count once, what is sent along is fresh once; every later
 * call sends the former input again as cached, and what was read and answered since as context.
 */
function usageOf(promptTokens: number, contextTokens: number, shape: Shape): Usage {
  const later = shape.calls - 1;
  // Each later call adds an equal share of reads and answers, so that the input of the k-th call is sent + k shares.
  const perCall = later === 0 ? 0 : shape.reads / later + shape.output / shape.calls;
  const sent = promptTokens + contextTokens;
  const answersSentOn = (shape.output * later) / shape.calls;
  return {
    promptTokens,
    contextTokens: contextTokens + Math.round(shape.reads + answersSentOn),
    cachedTokens: Math.round(later * sent + (perCall * later * Math.max(0, later - 1)) / 2),
    responseTokens: Math.round(shape.output),
    firstCall: true,
  };
}

/**
 * P10 and P90 of the cost: the medians, less or plus the distances of answer and context from their own P10 and P90,
 * added as independent ones are. In simulation this holds 79 to 81 % for every kind.
 */
function interval(certain: ChargeParts, expected: Charge, shape: Shape): { low: Millitokens; high: Millitokens } {
  const response = spreadOf(expected.parts.response, shape.outputVariance);
  const reread = spreadOf(Math.max(0, expected.parts.context - certain.context), shape.readsVariance);
  const medians = certain.message + certain.prompt + certain.context + response.median + reread.median;
  const low = Math.floor(medians - Math.hypot(response.below, reread.below));
  const high = Math.ceil(medians + Math.hypot(response.above, reread.above));
  return { low: millitokens(low), high: millitokens(high) };
}

/** The median of a log-normal cost, and how far below and above it P10 and P90 lie. */
function spreadOf(mean: number, variance: number): { median: number; below: number; above: number } {
  const median = mean * Math.exp(-variance / 2);
  const reach = Math.exp(Z90 * Math.sqrt(variance));
  return { median, below: median - median / reach, above: median * reach - median };
}

function reasonsOf(parts: ChargeParts, n: number): readonly EstimateReason[] {
  const learned: Pick<EstimateReason, 'basis' | 'n'> = n === 0 ? { basis: 'prior' } : { basis: 'receipts', n };
  return [
    { part: 'message', millitokens: parts.message, basis: 'prior' },
    { part: 'prompt', millitokens: parts.prompt, basis: 'prior' },
    { part: 'context', millitokens: parts.context, ...learned },
    { part: 'response', millitokens: parts.response, ...learned },
  ];
}
