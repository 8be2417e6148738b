import { setInterval } from 'node:timers/promises';

/**
 * Tries `attempt` again and again until it neither throws nor rejects, and resolves with what it gave.
 * For what has no event to await, such as a file that another process writes.
 * @throws the last error, once `timeoutMs` have passed.
 */
export async function eventually<T>(attempt: () => T | Promise<T>, timeoutMs = 10_000): Promise<T> {
  const end = performance.now() + timeoutMs;
  for await (const _ of setInterval(POLL_MS)) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > end) throw error;
    }
  }
  throw new Error('unreachable: the interval never ends by itself');
}

/** Often enough that nobody waits for it, seldom enough that it costs nothing. */
const POLL_MS = 50;
