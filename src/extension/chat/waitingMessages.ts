import { mergedRequest } from '../../core/mergedRequest.ts';
import type { SendAnswer } from '../../protocol/chat.ts';
import type { BatchRequest } from './batchRequest.ts';
import type { Attachment } from './chatAttachment.ts';
import type { ChatSession } from './chatSession.ts';
import type { OutgoingMessage } from './generations.ts';
import type { OpenConversation } from './openConversation.ts';
import { unfitMessage } from './unfitMessage.ts';
import type { WaitingMessage } from './waitingState.ts';

/**
 * Messages sent while another is being answered: they wait and go one after the other, each when the answer before it
 * is done, also in a conversation that was left meanwhile. After an answer that is not done, and after a reload, they
 * stay until the person sends them.
 */
export class WaitingMessages {
  readonly #session: ChatSession;
  readonly #sender: Sender;
  readonly #newId: () => string;
  readonly #failed: (error: unknown) => void;
  readonly #unlisten: () => void;
  readonly #underWay = new Set<string>();

  constructor(session: ChatSession, sender: Sender, newId: () => string, failed: (error: unknown) => void) {
    this.#session = session;
    this.#newId = newId;
    this.#sender = sender;
    this.#failed = failed;
    // Whoever has sent what waits here is gone.
    if (session.state.waiting.messages.length > 0) session.dispatch({ kind: 'held', held: true });
    this.#unlisten = session.onDidChangeAny((_before, { thread }, action) => {
      if (action.kind !== 'ended' || action.state !== 'done') return;
      const conversation = session.find(thread.session);
      if (conversation) this.#sendSoon(conversation);
    });
  }

  /** Sends a message, or lets it wait while another is being answered. The same id again is the same message. */
  async send(
    message: { readonly id: string; readonly text: string },
    conversation = this.#session.shown,
  ): Promise<SendAnswer> {
    const answer = await this.#sender.send(message, conversation);
    if (answer.kind !== 'busy') return answer;
    const unfit = unfitMessage(message.text);
    if (unfit) return unfit;
    const { waiting, attachments } = conversation.state;
    if (!waiting.messages.some(({ id }) => id === message.id)) {
      conversation.dispatch({ kind: 'waits', message: { id: message.id, texts: [message.text], attachments } });
      await conversation.flush();
      this.#sendSoon(conversation);
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
    if (!this.#underWay.has(id))
      this.#session.dispatch({ kind: 'waiting', messages: messages.filter((each) => each.id !== id) });
  }

  /** Puts a message back into the composer. */
  takeBack(id: string): void {
    if (!this.#underWay.has(id)) this.#session.dispatch({ kind: 'takenBack', id });
  }

  /** Makes one message of all that wait. */
  merge(): void {
    const { messages } = this.#session.state.waiting;
    const [first] = messages;
    if (!first || messages.some(({ id }) => this.#underWay.has(id))) return;
    const texts = messages.flatMap((each) => each.texts);
    this.#session.dispatch({ kind: 'waiting', messages: [{ id: first.id, texts, attachments: eachOnce(messages) }] });
  }

  dispose(): void {
    this.#unlisten();
  }

  #sendSoon(conversation = this.#session.shown): void {
    // One that was left stays open until its turn has come.
    const letGo = conversation.retain();
    this.#sender
      .settled(conversation)
      .then(() => this.#sendNext(conversation))
      .catch(this.#failed)
      .finally(letGo);
  }

  async #sendNext(conversation: OpenConversation): Promise<void> {
    const { messages, held } = conversation.state.waiting;
    const [next] = messages;
    if (!next || held || this.#sender.isRunningIn(conversation)) return;
    const { id, texts, attachments } = next;
    this.#underWay.add(id);
    try {
      const message = { id, text: mergedRequest(texts), attachments, requests: texts.length };
      const answer = await this.#sender.send(message, conversation);
      // Neither taken nor in line: the person decides.
      if (answer.kind !== 'accepted' && answer.kind !== 'busy') conversation.dispatch({ kind: 'held', held: true });
    } finally {
      this.#underWay.delete(id);
    }
  }
}

/** What goes along with several of them, each file or selection once. */
function eachOnce(messages: readonly Pick<WaitingMessage, 'attachments'>[]): Attachment[] {
  const all = messages.flatMap(({ attachments }) => attachments);
  return [...new Map(all.map((attachment) => [attachment.label, attachment])).values()];
}

/** Sends one message at a time in each conversation. */
export interface Sender {
  isRunningIn(conversation: OpenConversation): boolean;
  send(message: OutgoingMessage, conversation: OpenConversation): Promise<SendAnswer>;
  /** Resolves when nothing runs there any more. */
  settled(conversation: OpenConversation): Promise<void>;
}
