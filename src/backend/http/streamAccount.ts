import type { SSEStreamingApi } from 'hono/streaming';
import type { AccountFeed } from '../accounts/accountFeed.ts';

/**
 * Tells a client how its account stands, at once and after every change, and what it is to be warned of, until it goes
 * or `ending`. To one that reads slowly only the latest is told: nothing gathers for it.
 */
export async function streamAccount(
  stream: SSEStreamingApi,
  { feed, accountId, ending }: { feed: AccountFeed; accountId: string; ending: AbortSignal },
): Promise<void> {
  const over = Promise.withResolvers<undefined>();
  const end = (): void => {
    over.resolve(undefined);
  };
  const waiting = new Map<string, string>();
  let isWriting = false;
  const write = async (): Promise<void> => {
    if (isWriting) return;
    isWriting = true;
    for (const [event, data] of waiting) {
      waiting.delete(event);
      await stream.writeSSE({ event, data });
    }
    isWriting = false;
  };
  const tell = (event: 'account' | 'warning', data: string): void => {
    waiting.set(event, data);
    write().catch(end);
  };
  const unwatch = feed.watch(accountId, {
    account: (json) => {
      tell('account', json);
    },
    warning: (threshold) => {
      tell('warning', JSON.stringify({ threshold }));
    },
  });
  const alive = setInterval(() => {
    if (!isWriting) stream.write(': alive\n\n').catch(end);
  }, ALIVE_MS);
  stream.onAbort(end);
  ending.addEventListener('abort', end, { once: true });
  await over.promise;
  clearInterval(alive);
  unwatch();
  ending.removeEventListener('abort', end);
}

/** A comment now and then, so that a dead connection is found and proxies keep a live one. */
const ALIVE_MS = 15_000;
