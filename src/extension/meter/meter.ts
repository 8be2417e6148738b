import * as vscode from 'vscode';
import { chargedSince } from '../../core/dayBudget.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';
import type { BackendClient } from '../backend/backendClient.ts';
import type { BackendConnection } from '../backend/backendConnection.ts';
import type { Balance } from './balance.ts';
import type { LiveSpend } from './liveSpend.ts';
import type { Savings } from './savings.ts';

export interface MeterParts {
  readonly connection: BackendConnection;
  readonly client: BackendClient;
  readonly spend: LiveSpend;
  readonly savings: Savings;
  readonly now: () => Date;
}

/** The balance as every surface shows it: account, live spend, savings and the spend of today, with one event. */
export class Meter implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #parts: MeterParts;
  readonly #subscriptions: vscode.Disposable[];
  #today: Today | null = null;

  constructor(parts: MeterParts) {
    this.#parts = parts;
    const { connection, spend, savings } = parts;
    this.#subscriptions = [
      connection.onDidChange(() => {
        this.#changed.fire();
        void this.#refreshToday();
      }),
      spend.onDidChange(() => {
        this.#changed.fire();
      }),
      savings.onDidChange(() => {
        this.#changed.fire();
      }),
    ];
  }

  get balance(): Balance {
    const { connection, spend, savings, now } = this.#parts;
    const day = localDay(now());
    const { account } = connection;
    const known = this.#today?.day === day && this.#today.accountId === account?.account.id ? this.#today : null;
    return {
      day,
      connection: connection.state,
      account,
      spend: spend.current,
      today: known && account && chargedSince(known, account.balance.used),
      saved: savings.total,
      now: now().toISOString(),
    };
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** Asks only when a charge was settled or a new day or period began, whose first day may have charges before it. */
  async #refreshToday(): Promise<void> {
    const { connection, client, now } = this.#parts;
    if (connection.account === null) return;
    const { balance, account } = connection.account;
    const as = { accountId: account.id, used: balance.used, day: localDay(now()) };
    const isKnown = this.#today?.used === as.used && this.#today.day === as.day;
    if (isKnown && this.#today?.accountId === as.accountId) return;
    const charged = await this.#chargedOn(as.day, client).catch(() => null);
    if (charged === null) return;
    this.#today = { ...as, charged };
    this.#changed.fire();
  }

  async #chargedOn(day: string, client: BackendClient): Promise<Millitokens> {
    const tz = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const { series } = await client.usageByDay(startOfDay(this.#parts.now()).toISOString(), tz);
    return series.find(({ key }) => key === day)?.charged ?? millitokens(0);
  }
}

/** What was charged on a day, as of so many charges in the period. */
interface Today {
  readonly accountId: string;
  readonly used: Millitokens;
  readonly day: string;
  readonly charged: Millitokens;
}

function startOfDay(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate());
}

/** The person's own day as `2026-11-22`. */
function localDay(now: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${String(now.getFullYear())}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
