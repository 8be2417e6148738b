import { slashCommand } from '../../core/slashCommand.ts';
import type { BatchRequest } from './batchRequest.ts';
import type { ChatSession } from './chatSession.ts';

/** The requests collected in this workspace: sent as one message, what needs no model done before. */
export class Batch {
  readonly #parts: BatchParts;
  #sending = false;

  constructor(parts: BatchParts) {
    this.#parts = parts;
  }

  /** Collects a request with what is attached to the draft, without a command that says so; the draft is the next's. */
  async add(text: string): Promise<void> {
    const { session, newId } = this.#parts;
    const command = slashCommand(text);
    const words = command?.by === 'editor' ? command.words : text.trim();
    if (words === '') return;
    const { batch, attachments } = session.state;
    const request = { id: newId(), text: words, attachments, free: false };
    session.dispatch({ kind: 'collected', request });
    await session.flush();
    await this.#findFree([request], batch);
  }

  /** Puts the requests into another order, with other words, or fewer of them; new ones come back from an undo. */
  async set(listed: readonly { readonly id: string; readonly text: string }[]): Promise<void> {
    const { session } = this.#parts;
    const before = session.state.batch;
    const known = new Map(before.map((request) => [request.id, request]));
    const requests = listed.map(({ id, text }): BatchRequest => {
      const request = known.get(id);
      return request?.text === text ? request : { id, text, attachments: request?.attachments ?? [], free: false };
    });
    session.dispatch({ kind: 'batch', requests });
    await this.#findFree(requests, before);
  }

  /**
   * Does what is free, then sends the rest as one message, or lets it wait behind the one being answered. What turned
   * out not to be free stays, with its price; then this rejects with the reason.
   */
  async send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      const problem = await this.#doFree();
      const paid = this.#parts.session.state.batch.filter(({ id, free }) => !free && id !== problem?.id);
      if (paid.length > 0) this.#parts.sendTogether(paid);
      if (problem) throw problem.reason;
    } finally {
      this.#sending = false;
    }
  }

  /** Stops at the first that is no longer free: what was changed so far is in the conversation. */
  async #doFree(): Promise<{ id: string; reason: unknown } | null> {
    const { session, doFree } = this.#parts;
    // The person may change the batch while one of them is being done.
    for (;;) {
      const next = session.state.batch.find(({ free }) => free);
      if (!next) return null;
      const { id, text } = next;
      try {
        await doFree(text);
      } catch (reason) {
        this.#mark(id, false);
        return { id, reason };
      }
      const requests = session.state.batch.filter((each) => each.id !== id || each.text !== text);
      session.dispatch({ kind: 'batch', requests });
    }
  }

  async #findFree(requests: readonly BatchRequest[], before: readonly BatchRequest[]): Promise<void> {
    const judged = new Set(before.map(({ id, text }) => `${id} ${text}`));
    for (const { id, text } of requests) {
      if (judged.has(`${id} ${text}`) || !(await this.#parts.isFree(text))) continue;
      if (this.#parts.session.state.batch.some((each) => each.id === id && each.text === text)) this.#mark(id, true);
    }
  }

  #mark(id: string, free: boolean): void {
    const { session } = this.#parts;
    const requests = session.state.batch.map((each) => (each.id === id ? { ...each, free } : each));
    session.dispatch({ kind: 'batch', requests });
  }
}

export interface BatchParts {
  readonly session: ChatSession;
  readonly newId: () => string;
  /** Whether these words can be done here without a model, at one place. */
  readonly isFree: (text: string) => Promise<boolean>;
  /** Does them; rejects with a sentence if they no longer fit. */
  readonly doFree: (text: string) => Promise<void>;
  /** Takes requests out of the batch and sends them as one message. */
  readonly sendTogether: (requests: readonly BatchRequest[]) => void;
}
