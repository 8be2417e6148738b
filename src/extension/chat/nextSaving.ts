import * as z from 'zod/mini';
import type { TakenSaving } from '../../core/takenSaving.ts';
import { Amount } from '../../protocol/api.ts';
import type { ChatState } from './chatState.ts';

const Tokens = z.int().check(z.nonnegative());

/** Advice that a message was sent on, kept until its receipt says what that saved. */
export const Taken = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('batch'), requests: z.int(), contextTokens: Tokens }),
  z.object({ kind: z.literal('start-fresh'), historyTokens: Tokens }),
  z.object({ kind: z.literal('roll-back'), insteadOf: Amount }),
]);

/** Advice that was taken and pays with the next message: a chat begun anew, or a roll back of that generation. */
export const NextSaving = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start-fresh'), historyTokens: Tokens }),
  z.object({ kind: z.literal('roll-back'), insteadOf: Amount, generation: z.string() }),
]);
export type NextSaving = z.infer<typeof NextSaving>;

/** What the message that is being sent saves; a roll back only if it was done. */
export function nextSaving(
  { nextSaving: next, thread }: ChatState,
  { requests, contextTokens }: { readonly requests: number; readonly contextTokens: number },
): TakenSaving | undefined {
  if (requests > 1) return { kind: 'batch', requests, contextTokens };
  if (next?.kind === 'start-fresh') return next;
  if (next?.kind !== 'roll-back') return undefined;
  const at = thread.messages.findIndex(({ role, id }) => role === 'assistant' && id === next.generation);
  const [asked, answer] = [thread.messages[at - 1], thread.messages[at]];
  const undone = answer?.role === 'assistant' && answer.changesState === 'rolledBack';
  const taken = asked?.role === 'user' && asked.rolledBack;
  return undone || taken ? { kind: 'roll-back', insteadOf: next.insteadOf } : undefined;
}
