import * as z from 'zod/mini';
import { learnedReceipts, RECEIPTS_USED, type LearnedReceipts } from '../../core/learnedReceipts.ts';
import type { Receipt } from '../../protocol/chat.ts';
import type { KeptState } from '../backend/accountState.ts';
import type { ChatSession } from './chatSession.ts';

const Count = z.int().check(z.nonnegative());
const STORED_UNDER = 'tokenfare.receipts';
/** By model and kind, the newest first: answer, reads, calls. */
const Stored = z.record(z.string(), z.record(z.string(), z.array(z.tuple([Count, Count, Count]))));
type Stored = z.infer<typeof Stored>;

/** What this person's messages come to, from the receipts of all chats: estimates learn from it. */
export class Habits {
  readonly #state: KeptState;
  #stored: Stored;
  /** As of the last receipt: asked for at every key. */
  readonly #learned = new Map<string, Readonly<Record<string, LearnedReceipts>>>();

  constructor(state: KeptState) {
    this.#state = state;
    const parsed = Stored.safeParse(state.get(STORED_UNDER) ?? {});
    this.#stored = parsed.success ? parsed.data : {};
  }

  /** What is known of a model, by kind of request. */
  of(model: string | undefined): Readonly<Record<string, LearnedReceipts>> {
    if (model === undefined) return {};
    const known = this.#learned.get(model) ?? this.#sumUp(model);
    this.#learned.set(model, known);
    return known;
  }

  /** Learns from every answer that was carried to its end; the answer ends that. */
  follow(session: ChatSession): () => void {
    return session.onDidChangeAny((_before, _after, action) => {
      if (action.kind === 'receipt') this.#learn(action.receipt);
    });
  }

  #learn({ model, estimate, outcome, charged, responseTokens, readTokens, calls }: Receipt): void {
    if (!estimate || outcome !== 'done' || charged === 0 || readTokens === undefined) return;
    const ofModel = this.#of(model);
    const samples = [
      [responseTokens, readTokens, calls] as [number, number, number],
      ...(ofModel[estimate.kind] ?? []),
    ];
    this.#stored = { ...this.#stored, [model]: { ...ofModel, [estimate.kind]: samples.slice(0, RECEIPTS_USED) } };
    this.#learned.delete(model);
    void this.#state.update(STORED_UNDER, this.#stored);
  }

  #of(model: string): Stored[string] {
    return Object.hasOwn(this.#stored, model) ? (this.#stored[model] ?? {}) : {};
  }

  #sumUp(model: string): Readonly<Record<string, LearnedReceipts>> {
    return Object.fromEntries(
      Object.entries(this.#of(model)).flatMap(([kind, samples]) => {
        const learned = learnedReceipts(
          samples.map(([responseTokens, readTokens, calls]) => ({ responseTokens, readTokens, calls })),
        );
        return learned ? [[kind, learned] as const] : [];
      }),
    );
  }
}
