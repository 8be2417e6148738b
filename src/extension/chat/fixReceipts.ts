import * as z from 'zod/mini';
import { isFix, usualFix, withFix } from '../../core/advice/fixHistory.ts';
import { Amount } from '../../protocol/api.ts';
import type { KeptState } from '../backend/accountState.ts';
import type { ChatState } from './chatState.ts';
import type { ChatSession } from './chatSession.ts';

const STORED_UNDER = 'tokenfare.fixes';
const Stored = z.array(z.object({ messages: z.int(), charged: Amount }));

/** What this person's fixes cost, from the receipts of all chats. */
export class FixReceipts {
  readonly #state: KeptState;

  constructor(state: KeptState) {
    this.#state = state;
  }

  get usual(): ReturnType<typeof usualFix> {
    return usualFix(this.#runs);
  }

  /** Learns from every first receipt of a fix; the answer ends that. */
  follow(session: ChatSession): () => void {
    return session.onDidChangeAny((before, _after, action) => {
      if (action.kind !== 'receipt' || action.receipt.charged === 0) return;
      const asked = askedBefore(before, action.generation);
      if (!asked || !isFix(asked.prompt)) return;
      const goesOn = asked.earlier !== null && isFix(asked.earlier);
      void this.#state.update(STORED_UNDER, withFix(this.#runs, action.receipt.charged, goesOn));
    });
  }

  get #runs(): z.infer<typeof Stored> {
    const parsed = Stored.safeParse(this.#state.get(STORED_UNDER) ?? []);
    return parsed.success ? parsed.data : [];
  }
}

/** The message that a generation answers and the one before it; null for one that has its receipt already. */
function askedBefore({ thread }: ChatState, generation: string): { prompt: string; earlier: string | null } | null {
  const at = thread.messages.findIndex((message) => message.role === 'assistant' && message.id === generation);
  const answer = thread.messages[at];
  if (answer?.role !== 'assistant' || answer.receipt) return null;
  const prompts = thread.messages.slice(0, at).flatMap((message) => (message.role === 'user' ? [message.text] : []));
  const prompt = prompts.at(-1);
  return prompt === undefined ? null : { prompt, earlier: prompts.at(-2) ?? null };
}
