import type { GenerationBody } from '../../protocol/api.ts';
import type { Message } from '../../protocol/chat.ts';
import type { AssistantMessage } from './chatReducer.ts';
import type { ChatSession } from './chatSession.ts';
import { receiptOf } from './receiptOf.ts';

/**
 * Fetches the receipts of answers that ended while nobody listened: those of a closed window, or of a time without the
 * backend.
 */
export class MissingReceipts {
  readonly #session: ChatSession;
  readonly #generation: (id: string) => Promise<GenerationBody>;
  /** Answers whose generation was still open when it was asked for: their receipts come with a later charge. */
  #open: readonly string[] = [];
  #asking: Promise<void> = Promise.resolve();

  constructor(session: ChatSession, generation: (id: string) => Promise<GenerationBody>) {
    this.#session = session;
    this.#generation = generation;
  }

  /** The line to the backend stands anew: asks for all that are missing. What cannot be had now is asked for later. */
  connected(): Promise<void> {
    return this.#askNext(() => {
      const missing = this.#session.state.thread.messages.filter(hasNoReceipt).map(({ id }) => id);
      return missing.slice(-RECEIPTS_ASKED_FOR);
    });
  }

  /** The account changed, perhaps by the end of a generation that was open. */
  accountChanged(): Promise<void> {
    return this.#askNext(() => this.#open);
  }

  /** One after the other: what was open a moment ago may not be any more. */
  #askNext(ids: () => readonly string[]): Promise<void> {
    this.#asking = this.#asking.then(() => this.#ask(ids()));
    return this.#asking;
  }

  async #ask(ids: readonly string[]): Promise<void> {
    const open: string[] = [];
    for (const id of ids) {
      const record = await this.#generation(id).catch(() => null);
      if (record?.state === 'open') open.push(id);
      else if (record) this.#show(record);
    }
    this.#open = open;
  }

  #show(record: GenerationBody): void {
    const { thread, runs } = this.#session.state;
    const message = thread.messages.filter(hasNoReceipt).find(({ id }) => id === record.id);
    const run = runs[record.id];
    if (!message || !run) return;
    const { state, changes } = message;
    const outcome = state === 'interrupted' || state === 'streaming' ? 'stopped' : state;
    const { multiplier, estimate } = run;
    const receipt = receiptOf(record, { multiplier, balanceAfter: null, estimate, outcome, changes });
    this.#session.dispatch({ kind: 'receipt', generation: record.id, receipt });
  }
}

/** As many answers without a receipt are asked for at once: after a crash it is one, after days offline a few. */
const RECEIPTS_ASKED_FOR = 20;

function hasNoReceipt(message: Message): message is AssistantMessage {
  return message.role === 'assistant' && message.state !== 'streaming' && message.receipt === undefined;
}
