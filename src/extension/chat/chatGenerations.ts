import type { SendAnswer } from '../../protocol/chat.ts';
import type { ChatSession } from './chatSession.ts';
import { Generations, type OutgoingMessage, type PausedGenerations } from './generations.ts';
import type { GenerationParts } from './generationRun.ts';
import type { OpenConversation } from './openConversation.ts';
import type { Sender } from './waitingMessages.ts';

/**
 * The generations of each conversation that is open in this window: one at a time in each, in several at once. Whoever
 * sends means the conversation that is shown.
 */
export class ChatGenerations implements Sender {
  readonly #session: ChatSession;
  readonly #parts: Omit<GenerationParts, 'session'>;
  readonly #byConversation = new WeakMap<OpenConversation, Generations>();
  /** Those that can be gone on with, also once their conversation was left. */
  readonly #paused: PausedGenerations = new Map();

  constructor(session: ChatSession, parts: Omit<GenerationParts, 'session'>) {
    this.#session = session;
    this.#parts = parts;
  }

  get shown(): Generations {
    return this.#of(this.#session.shown);
  }

  get isRunning(): boolean {
    return this.shown.isRunning;
  }

  send(message: OutgoingMessage): Promise<SendAnswer> {
    return this.shown.send(message);
  }

  settled(): Promise<void> {
    return this.shown.settled();
  }

  /** Stops what runs in a conversation, and resolves once that is over. */
  async end(session: string): Promise<void> {
    const conversation = this.#session.find(session);
    if (conversation) await this.#end(conversation);
  }

  /** The same for every conversation of this window. */
  async endAll(): Promise<void> {
    await Promise.all([...this.#session.all].map((conversation) => this.#end(conversation)));
  }

  async #end(conversation: OpenConversation): Promise<void> {
    const generations = this.#of(conversation);
    generations.stop();
    await generations.settled();
  }

  #of(conversation: OpenConversation): Generations {
    const known = this.#byConversation.get(conversation);
    if (known) return known;
    const made = new Generations({ ...this.#parts, session: conversation }, this.#paused);
    this.#byConversation.set(conversation, made);
    return made;
  }
}
