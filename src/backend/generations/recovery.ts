import type { Clock } from '../clock.ts';
import type { CommandWriter } from '../commands.ts';
import type { Reader } from '../database/database.ts';

/**
 * Ends the calls that no process looks after any more: at a start, where this process is alone, whatever an earlier one
 * left; later those whose lease ran out. Never one that this process is carrying out: after a suspend of the machine
 * its leases are late, and renewed with the next progress.
 */
export class Recovery {
  readonly #options: RecoveryOptions;
  readonly #timer: NodeJS.Timeout;

  constructor(options: RecoveryOptions) {
    this.#options = options;
    this.#timer = setInterval(() => {
      this.#recover(this.#options.clock()).catch(this.#options.onFault);
    }, LOOK_MS);
    this.#timer.unref();
  }

  /** Ends what an earlier process left: all of it where no other process can be alive. */
  async atStart({ alone }: { alone: boolean }): Promise<void> {
    const leaseBefore = alone ? Number.MAX_SAFE_INTEGER : this.#options.clock();
    while ((await this.#recover(leaseBefore)) === RECOVERED_AT_ONCE);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #recover(leaseBefore: number): Promise<number> {
    const { query, writer, ownHolds } = this.#options;
    const open = await query
      .selectFrom('calls')
      .select(['account_id as accountId', 'generation_id as generationId', 'id as callId', 'hold_id as holdId'])
      .select('lease_until as leaseUntil')
      .where('state', 'in', ['reserved', 'sent'])
      .where('lease_until', '<', leaseBefore)
      .orderBy('lease_until')
      .limit(RECOVERED_AT_ONCE)
      .execute();
    const own = ownHolds();
    const abandoned = open.filter(({ holdId }) => !own.has(holdId));
    await Promise.all(abandoned.map((call) => writer.submit('recoverCall', call)));
    return abandoned.length;
  }
}

export interface RecoveryOptions {
  readonly query: Reader;
  readonly writer: CommandWriter;
  readonly clock: Clock;
  /** The holds of the calls that this process is carrying out. */
  readonly ownHolds: () => ReadonlySet<string>;
  readonly onFault: (error: unknown) => void;
}

/** A lease is half a minute; its end is seen soon after. */
const LOOK_MS = 5_000;
/** Others get their turn in between. */
const RECOVERED_AT_ONCE = 500;
