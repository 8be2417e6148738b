import type { RateCard } from '../../core/rateCard.ts';
import type { Clock } from '../clock.ts';
import type { CommandWriter } from '../commands.ts';
import type { MeteredCall } from './meteredCall.ts';

/**
 * The calls that this process is carrying out: keeps their progress on the disk and their leases alive, and stops
 * them.
 */
export class OpenCalls {
  readonly #options: OpenCallsOptions;
  readonly #calls = new Map<string, MeteredCall>();
  readonly #timer: NodeJS.Timeout;
  #soon: NodeJS.Timeout | null = null;

  constructor(options: OpenCallsOptions) {
    this.#options = options;
    this.#timer = setInterval(this.#record, RECORD_MS);
    this.#timer.unref();
  }

  get size(): number {
    return this.#calls.size;
  }

  /** The holds of all of them. */
  get holdIds(): ReadonlySet<string> {
    return new Set(this.#calls.keys());
  }

  add(call: MeteredCall): void {
    this.#calls.set(call.name.holdId, call);
  }

  remove(call: MeteredCall): void {
    this.#calls.delete(call.name.holdId);
  }

  /** Stops the open calls of a generation; resolves when they have ended. */
  async stop(accountId: string, generationId: string): Promise<void> {
    const found = [...this.#calls.values()].filter(
      ({ name }) => name.accountId === accountId && name.generationId === generationId,
    );
    for (const call of found) call.stop();
    await Promise.all(found.map((call) => call.ended));
  }

  /** Stops the calls of these holds, as far as this process carries them out. */
  stopHolds(holdIds: Iterable<string>): void {
    for (const holdId of holdIds) this.#calls.get(holdId)?.stop();
  }

  /** Resolves when those that are open now have ended, also the ones that go on without their client. */
  async allEnded(): Promise<void> {
    await Promise.all([...this.#calls.values()].map((call) => call.ended));
  }

  /** Stops everything, as at the end of the process. */
  async stopAll(): Promise<void> {
    for (const call of this.#calls.values()) call.stop();
    await this.allEnded();
  }

  close(): void {
    clearInterval(this.#timer);
    if (this.#soon !== null) clearTimeout(this.#soon);
  }

  /**
   * Records what is new a moment later, as after the first piece of an answer. Of many that begin at once, none waits
   * for the others to be written down.
   */
  recordSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = null;
      this.#record();
    }, SOON_MS);
  }

  readonly #record = (): void => {
    const renewBefore = this.#options.clock() + LEASE_MS / 2;
    for (const call of this.#calls.values()) {
      if (!call.hasNews && call.leaseUntil >= renewBefore) continue;
      try {
        this.#submit(call);
      } catch (error) {
        // One call's fault is not everybody's: nothing above a timer would catch it.
        this.#options.onFault(error);
      }
    }
  };

  #submit(call: MeteredCall): void {
    call.leaseUntil = this.#options.clock() + LEASE_MS;
    const used = call.takeProgress(this.#options.card);
    const { name, leaseUntil } = call;
    this.#options.writer.submit('recordProgress', { ...name, used, leaseUntil }).catch(this.#options.onFault);
  }
}

/** Half of the second within which progress must be on the disk. */
const RECORD_MS = 500;
/** Longer than the first pieces of two hundred streams take that are opened at once. */
const SOON_MS = 50;
/** How long a call is looked after without a sign of life; far above any pause of a healthy process. */
export const LEASE_MS = 30_000;

export interface OpenCallsOptions {
  readonly writer: CommandWriter;
  readonly clock: Clock;
  readonly card: RateCard;
  readonly onFault: (error: unknown) => void;
}
