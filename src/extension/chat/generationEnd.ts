import type { Millitokens } from '../../core/tokens.ts';
import type { Failure } from '../../protocol/chat.ts';
import { failureOf } from './failureOf.ts';
import type { ModelAnswer, Refusal } from './modelCall.ts';

/** How a generation ended; `null` where it goes on with its tool calls. */
export type GenerationEnd =
  /** `lost`: the line broke, or it was to be taken up again and is not there any more. What arrived is paid for. */
  | { readonly kind: 'done' | 'cutOff' | 'stopped' | 'ranOut' | 'paused' | 'stepLimit' | 'noFolder' | 'lost' }
  | ({ readonly kind: 'refused' } & Refusal)
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Judges a whole answer: whether the generation ends with it, and how. */
export function endOfAnswer(
  answer: ModelAnswer,
  run: {
    readonly call: number;
    readonly settled: Millitokens;
    readonly stopsAt: Millitokens;
    readonly noFolder: boolean;
  },
): GenerationEnd | null {
  if (run.noFolder) return { kind: 'noFolder' };
  if (answer.finish === 'aborted') return { kind: 'stopped' };
  if (answer.error) return endOfError(answer.error, run);
  if (answer.refusal !== null && !answer.charge?.charged) return { kind: 'refused', ...answer.refusal };
  const { charge } = answer;
  if (answer.finish === 'length' && charge?.capped) {
    return { kind: run.stopsAt - run.settled <= charge.balance.available ? 'paused' : 'ranOut' };
  }
  if (answer.toolCalls.length > 0) return null;
  return { kind: answer.finish === 'length' ? 'cutOff' : 'done' };
}

function endOfError(
  error: NonNullable<ModelAnswer['error']>,
  run: { readonly call: number; readonly settled: Millitokens },
): GenerationEnd {
  if (error.code === 'insufficient_tokens') return { kind: 'ranOut' };
  if (error.code === 'max_charge_too_low') return { kind: 'paused' };
  if (error.code === 'cut_off') return { kind: 'lost' };
  return { kind: 'failed', failure: failureOf(error, run) };
}
