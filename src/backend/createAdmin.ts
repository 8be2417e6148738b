import { randomUUID } from 'node:crypto';
import Table from 'cli-table3';
import { formatAllowance } from '../core/formatTokens.ts';
import { planById, type Plan } from '../core/plans.ts';
import { millitokens } from '../core/tokens.ts';
import type { AccountView } from './accounts/accounts.ts';
import { keys } from './accounts/keys.ts';
import { commands, type CommandWriter } from './commands.ts';
import type { Database } from './database/database.ts';
import { openDatabase } from './database/openDatabase.ts';
import { Writer } from './database/writer.ts';
import { createIds } from './ids.ts';
import { verifyLedger } from './ledger/verifyLedger.ts';
import { answeredRefund } from './payments/answeredRefund.ts';
import { StartRefusal } from './startRefusal.ts';
import { subscriptions } from './subscriptions/subscriptions.ts';

/** Opens the database for an operator's commands, beside a running backend if there is one. */
export async function createAdmin(url: string): Promise<Admin> {
  const database = await openDatabase(url);
  const ids = createIds(Date.now);
  const ignore = (): void => undefined;
  const writer = new Writer(database.openStore(), commands, {
    ...{ clock: Date.now, onCommit: ignore, onFault: ignore },
  });
  return new Admin(database, writer, ids);
}

/** What came of a command: for programs, for people, and whether it is a success. */
export interface Report {
  readonly ok: boolean;
  readonly value: unknown;
  readonly text: string;
}

/** The operator's commands. Each throws a StartRefusal that says what is wrong with its arguments. */
export class Admin {
  readonly #database: Database;
  readonly #writer: CommandWriter;
  readonly #ids: () => string;

  constructor(database: Database, writer: CommandWriter, ids: () => string) {
    this.#database = database;
    this.#writer = writer;
    this.#ids = ids;
  }

  async createAccount({ email, plan: planId }: { email: string; plan: string }): Promise<Report> {
    const plan = planOf(planId);
    if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new StartRefusal(`${email} is not an email address.`);
    const id = this.#ids();
    const { query } = this.#database;
    const taken = await query.selectFrom('accounts').select('id').where('email', '=', email).executeTakeFirst();
    if (taken !== undefined) throw new StartRefusal(`There is an account of ${email} already.`);
    await this.#writer.submit('createAccount', { id, email, plan });
    const { key } = await this.#addKey(id, 'default');
    const on = plan.id === 'free' ? plan.name : `${plan.name}, which nobody pays for`;
    return done({ id, email, plan: plan.id, key }, `Account ${id} on ${on}.\nIts key, shown this once: ${key}`);
  }

  /** Gives an account a plan that nobody pays for, at once; Free takes it back. A contract that it pays for ends. */
  async givePlan(id: string, planId: string): Promise<Report> {
    const plan = planOf(planId);
    const { subscription } = await this.#view(id);
    await this.#writer.submit('givePlan', { accountId: id, plan });
    const has = `Account ${id} has ${plan.name} from now on, and nobody pays for it.`;
    const ends = ' What it paid for ends now; its money goes back only by a refund.';
    const isPaid = !subscriptions.isGiven(subscription) && !subscriptions.isPractice(subscription);
    const hasPaid = subscription.planId !== 'free' && isPaid;
    return done({ id, plan: plan.id }, `${has}${hasPaid ? ends : ''}`);
  }

  async listAccounts(): Promise<Report> {
    const rows = await this.#database.query
      .selectFrom('accounts')
      .innerJoin('subscriptions', 'subscriptions.account_id', 'accounts.id')
      .innerJoin('ledger_accounts', 'ledger_accounts.account_id', 'accounts.id')
      .select(['accounts.id', 'email', 'plan_id as plan', 'provider', 'available', 'held', 'allowance', 'used'])
      .orderBy('accounts.id')
      .execute();
    const listed = rows.map(({ provider, ...row }) => ({
      ...row,
      given: subscriptions.isGiven({ provider, planId: row.plan }),
    }));
    const table = new Table({ head: ['id', 'email', 'plan', 'available', 'of'], style: { head: [], border: [] } });
    for (const { id, email, plan, given, available, allowance } of listed) {
      const amounts = [available, allowance].map((amount) => formatAllowance(millitokens(amount)));
      table.push([id, email, given ? `${plan}, given` : plan, ...amounts]);
    }
    return done({ accounts: listed }, table.toString());
  }

  async showAccount(id: string): Promise<Report> {
    const { account, plan, subscription, ledger } = await this.#view(id);
    const held = await this.#database.query
      .selectFrom('api_keys')
      .select(['id', 'name', 'prefix', 'created_at', 'last_used_at', 'revoked_at'])
      .where('account_id', '=', id)
      .execute();
    const period = { start: isoOf(ledger.periodStart), end: isoOf(ledger.periodEnd) };
    const { available, held: inHolds, allowance, used } = ledger;
    const value = {
      ...{ id: account.id, email: account.email, plan: plan.id, given: subscriptions.isGiven(subscription), period },
      balance: { available, held: inHolds, allowance, used },
      keys: held.map(({ id: keyId, name, prefix, created_at, last_used_at, revoked_at }) => ({
        ...{ id: keyId, name, prefix, createdAt: isoOf(created_at) },
        lastUsedAt: last_used_at === null ? null : isoOf(last_used_at),
        revokedAt: revoked_at === null ? null : isoOf(revoked_at),
      })),
    };
    return done(value, JSON.stringify(value, null, 2));
  }

  async createKey(accountId: string, name: string): Promise<Report> {
    await this.#view(accountId);
    const key = await this.#addKey(accountId, name);
    return done(key, `Key ${key.id}, shown this once: ${key.key}`);
  }

  async revokeKey(keyId: string): Promise<Report> {
    const revoked = await this.#writer.submit('revokeKey', { keyId });
    if (!revoked) throw new StartRefusal(`There is no such key in use: ${keyId}.`);
    return done({ id: keyId, revoked: true }, `Key ${keyId} is revoked.`);
  }

  async addGrant(accountId: string, amount: string, reason: string): Promise<Report> {
    await this.#view(accountId);
    if (!/^\d{1,15}$/.test(amount) || Number(amount) === 0) {
      throw new StartRefusal(`${amount} is not a whole number of millitokens from 1.`);
    }
    const grant = { accountId, amount: millitokens(Number(amount)), key: `admin:${randomUUID()}`, reason };
    await this.#writer.submit('addGrant', grant);
    const { key, ...value } = grant;
    return done({ ...value, id: key }, `Granted ${formatAllowance(grant.amount)} tokens to ${accountId}.`);
  }

  /** Puts an account on hold or takes it off: AI calls are refused while it is. */
  async setHold(accountId: string, onHold: boolean): Promise<Report> {
    await this.#view(accountId);
    await this.#writer.submit('setHold', { accountId, onHold });
    return done({ id: accountId, onHold }, `Account ${accountId} is ${onHold ? 'on hold' : 'no longer on hold'}.`);
  }

  async listRefunds(): Promise<Report> {
    const rows = await this.#database.query
      .selectFrom('refunds')
      .innerJoin('invoices', 'invoices.id', 'refunds.invoice_id')
      .select(['invoice_id as id', 'refunds.account_id as account', 'status', 'reason', 'amount', 'currency'])
      .select(['requested_at', 'decided_at'])
      .orderBy('requested_at')
      .execute();
    const refunds = rows.map(({ requested_at, decided_at, ...row }) => ({
      ...row,
      requestedAt: isoOf(requested_at),
      decidedAt: decided_at === null ? null : isoOf(decided_at),
    }));
    const table = new Table({ head: ['id', 'account', 'status', 'reason', 'cents'], style: { head: [], border: [] } });
    for (const { id, account, status, reason, amount } of refunds) table.push([id, account, status, reason, amount]);
    return done({ refunds }, table.toString());
  }

  /** A person's decision on a refund that waits; its id is its invoice's. */
  async decideRefund(invoiceId: string, approve: boolean): Promise<Report> {
    const { query } = this.#database;
    const found = await query
      .selectFrom('refunds')
      .select('account_id as accountId')
      .where('invoice_id', '=', invoiceId)
      .executeTakeFirst();
    if (found === undefined) throw new StartRefusal(`There is no refund ${invoiceId}.`);
    const about = { query, clock: Date.now, invoiceId, ...found };
    const answer = await answeredRefund(about, (question) =>
      this.#writer.submit('decideRefund', { ...question, approve }),
    );
    if (answer.kind === 'notWaiting') throw new StartRefusal(`The refund ${invoiceId} has been decided.`);
    if (answer.kind === 'generationOpen') {
      throw new StartRefusal('A message of this account is being answered. Try again when it has ended.');
    }
    return done({ id: invoiceId, status: answer.status }, `The refund ${invoiceId} is ${answer.status}.`);
  }

  async verifyLedger(): Promise<Report> {
    const report = await verifyLedger(this.#database);
    const looked = `${counted(report.accounts, 'account')}, ${counted(report.transfers, 'transfer')}`;
    const text = report.ok ? `Every invariant holds: ${looked}.` : `${report.broken.join('\n')}\n${looked}.`;
    return { ok: report.ok, value: report, text };
  }

  async backup(file: string): Promise<Report> {
    const { pages } = await this.#database.backup(file);
    return done({ file, pages }, `Copied to ${file}.`);
  }

  async close(): Promise<void> {
    await this.#writer.close();
    await this.#database.close();
  }

  /** An account that must be there. */
  async #view(accountId: string): Promise<AccountView> {
    const view = await this.#writer.submit('viewAccount', { accountId });
    if (view === null) throw new StartRefusal(`There is no account ${accountId}.`);
    return view;
  }

  async #addKey(accountId: string, name: string): Promise<{ id: string; name: string; prefix: string; key: string }> {
    const { key, prefix, hash } = keys.generate();
    const id = this.#ids();
    await this.#writer.submit('addKey', { id, accountId, name, prefix, hash, expiresAt: null });
    return { id, name, prefix, key };
  }
}

function planOf(id: string): Plan {
  const plan = planById(id);
  if (plan === undefined) throw new StartRefusal(`There is no plan ${id}.`);
  return plan;
}

function done(value: unknown, text: string): Report {
  return { ok: true, value, text };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function isoOf(instant: number): string {
  return new Date(instant).toISOString();
}
