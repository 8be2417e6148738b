import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { AskedStopStore } from './askedStopStore.ts';
import type { OpenCalls } from './openCalls.ts';

/**
 * Stops calls, whichever process carries them out: its own at once, those of others by asking for it in the database,
 * where each process that has open calls looks some times a second.
 */
export class Stops {
  readonly #options: StopsOptions;
  readonly #timer: NodeJS.Timeout | undefined;
  #isLooking = false;

  constructor(options: StopsOptions) {
    this.#options = options;
    if (options.store === null) return;
    this.#timer = setInterval(() => {
      void this.#look(options.store);
    }, LOOK_MS).unref();
  }

  /** Stops the open calls of a generation. Resolves when they have ended, or those elsewhere don't. */
  async stop(accountId: string, generationId: string): Promise<void> {
    const { openCalls, store, clock } = this.#options;
    await openCalls.stop(accountId, generationId);
    if (store === null) return;
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      if ((await store.ask({ accountId, generationId }, clock())) === 0) return;
      await wait(LOOK_MS);
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(store: AskedStopStore | null): Promise<void> {
    const { openCalls, clock } = this.#options;
    if (this.#isLooking || store === null || openCalls.size === 0) return;
    this.#isLooking = true;
    try {
      const asked = await store.asked();
      openCalls.stopHolds(asked);
      if (asked.length > 0) await store.forget(clock() - ASKED_MS);
    } catch {
      // A database that doesn't answer is asked again at the next look.
    } finally {
      this.#isLooking = false;
    }
  }
}

/** Whoever pressed Stop sees no wait, and a look at a table that is empty as a rule costs next to nothing. */
const LOOK_MS = 200;
/** As long as a lease: a process that has not stopped a call by then is gone, and the call is recovered. */
const ASKED_MS = 30_000;
/** Two seconds: who asked is told how it stands then. */
const MOST_LOOKS = 10;

export interface StopsOptions {
  readonly openCalls: OpenCalls;
  /** Null for a process that is the only one. */
  readonly store: AskedStopStore | null;
  readonly clock: Clock;
}
