import { Client, type Pool } from 'pg';
import * as z from 'zod/mini';

/**
 * Tells other processes at once which accounts have changed, by NOTIFY, and hears it from them, by LISTEN. Nothing
 * depends on it: whoever misses a notice finds the change when it looks, as where a server knows no notices.
 */
export class PostgresNotices {
  readonly #options: PostgresNoticesOptions;
  readonly #waiting = new Set<string>();
  #listening: Client | null = null;
  #isClosed = false;

  constructor(options: PostgresNoticesOptions) {
    this.#options = options;
    void this.#listen();
  }

  /** These accounts are others than before. What comes within a moment is told together, outside of any transaction. */
  announce(accounts: Iterable<string>): void {
    for (const account of accounts) {
      if (this.#waiting.size === 0) setTimeout(this.#send, TOGETHER_MS).unref();
      this.#waiting.add(account);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#listening?.end();
  }

  readonly #send = (): void => {
    const accounts = [...this.#waiting].slice(0, MOST_ACCOUNTS);
    this.#waiting.clear();
    if (this.#isClosed) return;
    const notice = JSON.stringify({ from: this.#options.id, accounts } satisfies z.infer<typeof Notice>);
    this.#options.pool.query('SELECT pg_notify($1, $2)', [CHANNEL, notice]).catch(() => undefined);
  };

  async #listen(): Promise<void> {
    const client = new Client({ connectionString: this.#options.url, keepAlive: true });
    const again = (): void => {
      if (this.#listening === client) this.#listening = null;
      if (!this.#isClosed) setTimeout(() => void this.#listen(), AGAIN_MS).unref();
    };
    client.once('end', again);
    client.on('error', () => undefined);
    client.on('notification', ({ payload }) => {
      const notice = Notice.safeParse(parseJson(payload ?? ''));
      if (notice.success && notice.data.from !== this.#options.id) this.#options.tell(notice.data.accounts);
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      this.#listening = client;
      if (this.#isClosed) await client.end();
    } catch {
      await client.end().catch(() => undefined);
    }
  }
}

export interface PostgresNoticesOptions {
  readonly url: string;
  readonly pool: Pool;
  /** This process: it needs no notice of its own. */
  readonly id: string;
  readonly tell: (accounts: readonly string[]) => void;
}

const CHANNEL = 'tokenfare_accounts';
/** Unseen by a person, and a few notices a second instead of hundreds. */
const TOGETHER_MS = 20;
/** A notice holds at most 8,000 bytes; ids have 36. Those beyond are found by looking. */
const MOST_ACCOUNTS = 180;
/** How soon a lost connection is made anew. */
const AGAIN_MS = 1_000;

const Notice = z.object({ from: z.string(), accounts: z.array(z.string()) });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
