import type { SendAnswer } from '../../protocol/chat.ts';
import type { ChatSession } from './chatSession.ts';
import { Generations, type OutgoingMessage, type PausedGenerations } from './generations.ts';
import type { GenerationParts } from './generationRun.ts';
import { findInterruptedChanges, markInterrupted } from './interruptedAnswers.ts';
import type { OpenConversation } from './openConversation.ts';
import { unfinishedSessions } from './unfinishedCall.ts';
import type { Sender } from './waitingMessages.ts';

/**
 * The generations of each conversation that is open in this window: one at a time in each, in several at once.
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

  isRunningIn(conversation: OpenConversation): boolean {
    return this.#of(conversation).isRunning;
  }

  send(message: OutgoingMessage, conversation: OpenConversation): Promise<SendAnswer> {
    return this.#of(conversation).send(message);
  }

  settled(conversation: OpenConversation): Promise<void> {
    return this.#of(conversation).settled();
  }

  /** What a window that is gone was doing in the conversation that is shown is interrupted, or goes on where it can. */
  takeUpShown(): Promise<void> {
    return this.#takeUp(this.#session.shown);
  }

  /** The same for every conversation that was left with an answer still arriving, unless another window has it. */
  async takeUpLeft(): Promise<void> {
    for (const id of await unfinishedSessions(this.#parts.files)) {
      const conversation = await this.#session.openBehind(id);
      if (!conversation) continue;
      const letGo = conversation.retain();
      await this.#takeUp(conversation).finally(letGo);
    }
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

  async #takeUp(conversation: OpenConversation): Promise<void> {
    const generations = this.#of(conversation);
    if (generations.isRunning) return;
    const { checkpoints, log } = this.#parts;
    markInterrupted(conversation);
    await findInterruptedChanges(conversation, checkpoints).catch((error: unknown) => {
      log.error(error instanceof Error ? error : String(error));
    });
    await generations.resumeUnfinished();
  }

  #of(conversation: OpenConversation): Generations {
    const known = this.#byConversation.get(conversation);
    if (known) return known;
    const made = new Generations({ ...this.#parts, session: conversation }, this.#paused);
    this.#byConversation.set(conversation, made);
    return made;
  }
}
