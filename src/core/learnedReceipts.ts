import type { ReceiptSample } from './estimate.ts';

/**
 * What receipts of one kind and model come to: all that an estimate needs of them, however many there are. Mean and
 * variance are those of the logarithms, since what a model writes and reads scatters by factors.
 */
export interface LearnedReceipts {
  readonly count: number;
  /** The mean number of calls. */
  readonly calls: number;
  readonly output: LogSpread;
  readonly reads: LogSpread;
}

export interface LogSpread {
  readonly mean: number;
  readonly variance: number;
}

/** Sums up receipts of one kind and model, the newest first; null if there are none. */
export function learnedReceipts(all: readonly LearnedSample[]): LearnedReceipts | null {
  const samples = all.slice(0, RECEIPTS_USED);
  if (samples.length === 0) return null;
  return {
    count: samples.length,
    calls: samples.reduce((sum, { calls }) => sum + calls, 0) / samples.length,
    output: spreadOf(samples.map(({ responseTokens }) => Math.log(Math.max(1, responseTokens)))),
    reads: spreadOf(samples.map(({ readTokens }) => Math.log(readTokens + READS_FLOOR))),
  };
}

export type LearnedSample = Pick<ReceiptSample, 'responseTokens' | 'readTokens' | 'calls'>;

/** The newest receipts of a kind; older ones were made by older models and other code. */
export const RECEIPTS_USED = 40;
/** Added before a logarithm is taken of what may be 0: reads below this are as good as none. */
export const READS_FLOOR = 100;

function spreadOf(logs: readonly number[]): LogSpread {
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, logs.length - 1);
  return { mean, variance };
}
