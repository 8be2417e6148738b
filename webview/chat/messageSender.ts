import type { ExtensionCalls, SendAnswer } from '../../src/protocol/chat.ts';

/**
 * Sends a message once: while one is on its way, a second Enter does nothing; and if no answer comes, sending the same
 * text again carries the same id, so that it cannot become a second message.
 */
export class MessageSender {
  readonly #newId: () => string;
  readonly #send: (message: Sent) => Promise<SendAnswer>;
  #unanswered: Sent | null = null;
  #sending = false;

  constructor(newId: () => string, send: (message: Sent) => Promise<SendAnswer>) {
    this.#newId = newId;
    this.#send = send;
  }

  get sending(): boolean {
    return this.#sending;
  }

  /** The extension's answer; `null` if a message is on its way already. Rejects if no answer came. */
  async send(text: string, rollsBackFiles = false): Promise<SendAnswer | null> {
    if (this.#sending) return null;
    this.#sending = true;
    const again = this.#unanswered?.text === text ? this.#unanswered : { id: this.#newId(), text };
    const message = rollsBackFiles ? { ...again, rollsBackFiles } : again;
    this.#unanswered = message;
    try {
      const answer = await this.#send(message);
      this.#unanswered = null;
      return answer;
    } finally {
      this.#sending = false;
    }
  }
}

type Sent = Parameters<ExtensionCalls['send']>[0];
