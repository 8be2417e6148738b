import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import type { CommandWriter } from '../commands.ts';
import type { Reader } from '../database/database.ts';
import type { PaymentProvider } from './paymentProvider.ts';

/**
 * Tells the payment provider what has been decided here: changed subscriptions, and money to give back. What fails is
 * tried again at the next look; several processes may tell the same, which the provider takes once.
 */
export class ProviderFollower {
  readonly #options: FollowerOptions;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void> | null = null;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#timer = setInterval(() => {
      this.#running ??= this.look()
        .catch(options.onFault)
        .finally(() => (this.#running = null));
    }, LOOK_MS);
    this.#timer.unref();
  }

  /** Tells what there is to tell, some of it: those that fail must not keep all others waiting. */
  async look(): Promise<void> {
    const { query, writer, payments, onFault } = this.#options;
    const behind = await query
      .selectFrom('subscriptions')
      .select('account_id as accountId')
      .where('provider_behind', '=', 1)
      .orderBy(sql`random()`)
      .limit(AT_ONCE)
      .execute();
    for (const { accountId } of behind) await payments.follow(accountId).catch(onFault);
    const owed = await query
      .selectFrom('refunds')
      .select(['invoice_id as invoiceId', 'account_id as accountId'])
      .where('status', '=', 'approved')
      .where('money_sent', '=', 0)
      .orderBy(sql`random()`)
      .limit(AT_ONCE)
      .execute();
    for (const { invoiceId, accountId } of owed) {
      const sent = payments.giveBack(invoiceId).then(() => writer.submit('markMoneySent', { invoiceId, accountId }));
      await sent.catch(onFault);
    }
  }

  /** Waits a moment for what is being told: a provider that is silent must not keep a process from ending. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    const over = new AbortController();
    const waited = wait(CLOSE_MS, undefined, { signal: over.signal }).catch(() => undefined);
    await Promise.race([this.#running, waited]);
    over.abort();
  }
}

export interface FollowerOptions {
  readonly query: Reader;
  readonly writer: CommandWriter;
  readonly payments: PaymentProvider;
  readonly onFault: (error: unknown) => void;
}

/** Nobody waits for it; a few seconds later is soon enough for a bank. */
const LOOK_MS = 2_000;
/** Within the 10 s in which a process ends; the next one tells it again. */
const CLOSE_MS = 500;
/** The rest has its turn at the next look. */
const AT_ONCE = 50;
