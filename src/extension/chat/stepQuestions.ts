import type { StepAnswer } from '../../protocol/stepAnswer.ts';

/** The questions that steps have put to the person in the chat, until they are answered or the message is stopped. */
export class StepQuestions {
  readonly #open = new Map<string, (answer: StepAnswer) => void>();

  /** Resolves with the person's answer to the step of this id; with no when `signal` is aborted. */
  ask(step: string, signal: AbortSignal): Promise<StepAnswer> {
    if (signal.aborted) return Promise.resolve('no');
    const { promise, resolve } = Promise.withResolvers<StepAnswer>();
    const stop = () => resolve('no');
    signal.addEventListener('abort', stop, { once: true });
    this.#open.set(step, resolve);
    return promise.finally(() => {
      signal.removeEventListener('abort', stop);
      this.#open.delete(step);
    });
  }

  /** An answer to what is not asked any more is none. */
  answer(step: string, answer: StepAnswer): void {
    this.#open.get(step)?.(answer);
  }
}
