import { HttpRefusal } from './httpRefusal.ts';

/**
 * Waits for the payment provider. That it failed, or answered too late to be heard, is told as what it means: money
 * that it has taken by then comes as a payment, like any other.
 */
export async function askProvider<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (cause) {
    const sentence =
      "The payment provider didn't answer, and your plan hasn't changed. If a payment went through, the plan follows by itself; else try again in a minute.";
    throw new HttpRefusal('upstream_failed', sentence, { cause });
  }
}
