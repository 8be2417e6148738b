import type { RequestKind } from './requestKind.ts';

/** What a kind of request takes, before anything is known of the account: data of the design, section 3. */
export interface EstimatePrior {
  /** Calls of the generation, the median. */
  readonly calls: number;
  /** What the model reads besides what is sent along, in model tokens, the median. */
  readonly reads: number;
  /**
   * Output over all calls, in model tokens: of ten requests one takes less than `p10`, half less than `p50`, nine less
   * than `p90`.
   */
  readonly output: { readonly p10: number; readonly p50: number; readonly p90: number };
}

/** In model tokens, never in tokens, so that it survives a change of card. */
export const estimatePrior: Readonly<Record<RequestKind, EstimatePrior>> = {
  question: prior(1, 0, 150, 350, 800),
  explain: prior(1, 0, 400, 800, 1_500),
  tweak: prior(2, 2_000, 120, 250, 500),
  'add-field': prior(3, 3_000, 300, 600, 1_300),
  table: prior(2, 2_000, 1_200, 2_200, 3_600),
  form: prior(3, 3_000, 1_500, 2_500, 4_000),
  crud: prior(4, 4_000, 2_800, 4_500, 7_000),
  'multi-step-form': prior(4, 4_000, 3_500, 5_500, 8_500),
  dashboard: prior(5, 6_000, 4_500, 7_500, 12_000),
  refactor: prior(8, 14_000, 2_200, 4_500, 9_000),
  fix: prior(7, 12_000, 700, 2_200, 6_000),
  tests: prior(4, 8_000, 1_500, 3_000, 6_000),
  plan: prior(2, 6_000, 500, 1_100, 2_200),
};

function prior(calls: number, reads: number, p10: number, p50: number, p90: number): EstimatePrior {
  return { calls, reads, output: { p10, p50, p90 } };
}
