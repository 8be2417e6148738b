import { mergedRequest } from '../../core/mergedRequest.ts';
import type { SendAnswer } from '../../protocol/chat.ts';
import type { BatchRequest } from './batchRequest.ts';
import type { Attachment } from './chatAttachment.ts';
import type { ChatSession } from './chatSession.ts';
import type { OutgoingMessage } from './generations.ts';
import { unfitMessage } from './unfitMessage.ts';
import type { WaitingMessage } from './waitingState.ts';

/**
 * Messages sent while another is being answered: they wait and go one after the other, each when the answer before it
 * is done. After an answer that is not, and after a reload, they stay until the person sends them.
 */
export class WaitingMessages {
  readonly #session: ChatSession;
  readonly #sender: Sender;
  readonly #newId: () => string;
  readonly #failed: (error: unknown) => void;
  readonly #unlisten: () => void;
  #underWay: string | null = null;

  constructor(session: ChatSession, sender: Sender, newId: () => string, failed: (error: unknown) => void) {
    this.#session = session;
    this.#newId = newId;
    this.#sender = sender;
    this.#failed = failed;
    // Whoever has sent what waits here is gone.
    if (session.state.waiting.messages.length > 0) session.dispatch({ kind: 'held', held: true });
    this.#unlisten = session.onDidChange((_before, _after, action) => {
      if (action.kind === 'ended' && action.state === 'done') this.#sendSoon();
    });
  }

  /** Sends a message, or lets it wait while another is being answered. The same id again is the same message. */
  async send(message: { readonly id: string; readonly text: string }): Promise<SendAnswer> {
    const answer = await this.#sender.send(message);
    if (answer.kind !== 'busy') return answer;
    const unfit = unfitMessage(message.text);
    if (unfit) return unfit;
    const { waiting, attachments } = this.#session.state;
    if (!waiting.messages.some(({ id }) => id === message.id)) {
      this.#session.dispatch({ kind: 'waits', message: { id: message.id, texts: [message.text], attachments } });
      await this.#session.flush();
      this.#sendSoon();
    }
    return { kind: 'waits' };
  }

  /** Sends requests of the batch as one message, before what waits already. */
  sendTogether(requests: readonly BatchRequest[]): void {
    const texts = requests.map(({ text }) => text);
    const attachments = eachOnce(requests);
    const message = { id: this.#newId(), texts, attachments };
    this.#session.dispatch({ kind: 'batchWaits', message, requests: requests.map(({ id }) => id) });
    this.#sendSoon();
  }

  /** Sends what was held. */
  sendNow(): void {
    this.#session.dispatch({ kind: 'held', held: false });
    this.#sendSoon();
  }

  drop(id: string): void {
    const { messages } = this.#session.state.waiting;
    if (id !== this.#underWay)
      this.#session.dispatch({ kind: 'waiting', messages: messages.filter((each) => each.id !== id) });
  }

  /** Puts a message back into the composer. */
  takeBack(id: string): void {
    if (id !== this.#underWay) this.#session.dispatch({ kind: 'takenBack', id });
  }

  /** Makes one message of all that wait. */
  merge(): void {
    const { messages } = this.#session.state.waiting;
    const [first] = messages;
    if (!first || this.#underWay !== null) return;
    const texts = messages.flatMap((each) => each.texts);
    this.#session.dispatch({ kind: 'waiting', messages: [{ id: first.id, texts, attachments: eachOnce(messages) }] });
  }

  dispose(): void {
    this.#unlisten();
  }

  #sendSoon(): void {
    this.#sender
      .settled()
      .then(() => this.#sendNext())
      .catch(this.#failed);
  }

  async #sendNext(): Promise<void> {
    const { messages, held } = this.#session.state.waiting;
    const [next] = messages;
    if (!next || held || this.#sender.isRunning) return;
    this.#underWay = next.id;
    try {
      const { id, texts, attachments } = next;
      const answer = await this.#sender.send({ id, text: mergedRequest(texts), attachments, requests: texts.length });
      // Neither taken nor in line: the person decides.
      if (answer.kind !== 'accepted' && answer.kind !== 'busy') this.#session.dispatch({ kind: 'held', held: true });
    } finally {
      this.#underWay = null;
    }
  }
}

/** What goes along with several of them, each file or selection once. */
function eachOnce(messages: readonly Pick<WaitingMessage, 'attachments'>[]): Attachment[] {
  const all = messages.flatMap(({ attachments }) => attachments);
  return [...new Map(all.map((attachment) => [attachment.label, attachment])).values()];
}

/** Sends one message at a time. */
export interface Sender {
  readonly isRunning: boolean;
  send(message: OutgoingMessage): Promise<SendAnswer>;
  /** Resolves when nothing runs any more. */
  settled(): Promise<void>;
}
