import { HttpRefusal } from './httpRefusal.ts';

/**
 * Waits for the payment provider, as long as whoever asked waits for us. That it failed, or answered too late to be
 * heard, is told as what it means: money that it has taken by then comes as a payment, like any other.
 */
export function askProvider<T>(asked: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (cause: unknown): void => {
      const sentence =
        "The payment provider didn't answer, and your plan hasn't changed. If a payment went through, the plan follows by itself; else try again in a minute.";
      reject(new HttpRefusal('upstream_failed', sentence, { cause }));
    };
    const timer = setTimeout(() => {
      giveUp(new Error(`the payment provider was silent for ${PROVIDER_MS} ms`));
    }, PROVIDER_MS);
    void asked.then(resolve, giveUp).finally(() => {
      clearTimeout(timer);
    });
  });
}

/** The editor gives up after 15 s and could then say nothing of the money: this sentence has to come before. */
const PROVIDER_MS = 10_000;
