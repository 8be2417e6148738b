import assert from 'node:assert/strict';
import { planById, type Plan } from '../../src/core/plans.ts';
import { millitokens } from '../../src/core/tokens.ts';
import { commands, type CommandWriter } from '../../src/backend/commands.ts';
import type { Database } from '../../src/backend/database/database.ts';
import { Writer } from '../../src/backend/database/writer.ts';
import type { CallName, StartAnswer } from '../../src/backend/generations/generations.ts';
import { verifyLedger } from '../../src/backend/ledger/verifyLedger.ts';
import { answeredRefund } from '../../src/backend/payments/answeredRefund.ts';
import { subscriptions } from '../../src/backend/subscriptions/subscriptions.ts';

/** One account as its person uses it, on a real database. */
export class AccountDesk {
  readonly bank: TestBank;
  readonly accountId: string;
  #count = 0;

  constructor(bank: TestBank, accountId: string) {
    this.bank = bank;
    this.accountId = accountId;
  }

  get writer(): CommandWriter {
    return this.bank.writer;
  }

  /** Opens the account, on Free unless the operator gives another plan. */
  async open(planId = 'free'): Promise<void> {
    const { accountId: id } = this;
    await this.writer.submit('createAccount', { id, email: `${id}@example.com`, plan: planOf(planId) });
  }

  async view() {
    const found = await this.writer.submit('viewAccount', { accountId: this.accountId });
    assert.ok(found);
    const { plan, subscription, ledger } = found;
    const { available, held, allowance, used, periodStart, periodEnd, frozen } = ledger;
    const { scheduledPlanId: scheduled, unpaidSince } = subscription;
    const balance = { available, held, allowance, used };
    const given = subscriptions.isGiven(subscription);
    return { plan: plan.id, given, scheduled, unpaidSince, ...balance, periodStart, periodEnd, frozen };
  }

  /** The operator gives a plan. */
  async give(planId: string): Promise<void> {
    await this.writer.submit('givePlan', { accountId: this.accountId, plan: planOf(planId) });
  }

  choose(planId: string) {
    return this.writer.submit('choosePlan', { accountId: this.accountId, plan: planOf(planId) });
  }

  /**
   * Chooses a plan and pays for it, with a finger that clicks twice. Answers with the checkout's id, or null where
   * there is nothing to pay.
   */
  async buy(planId: string, card = '4242424242424242'): Promise<string | null> {
    const id = await this.order(planId);
    if (id === null) return null;
    for (const answer of await Promise.all([this.pay(id, card), this.pay(id, card)])) assert.equal(answer, 'paid');
    return id;
  }

  /** Chooses a plan and leaves its checkout open: its id, or null where there is nothing to pay. */
  async order(planId: string): Promise<string | null> {
    const chosen = await this.choose(planId);
    if (chosen.kind !== 'pay') return null;
    const { accountId } = this;
    this.#count += 1;
    const id = `${accountId}-${this.#count}`;
    const { from: previousPlanId, planId: paidFor, amount, currency } = chosen;
    await this.writer.submit('openCheckout', { id, accountId, planId: paidFor, previousPlanId, amount, currency });
    return id;
  }

  /** Pays an open checkout, and answers what came of it. */
  async pay(id: string, card: string): Promise<string> {
    const { accountId } = this;
    return (await this.writer.submit('payCheckout', { id, accountId, card, confirmed: false })).kind;
  }

  /** Begins a call; null if it is refused. */
  async start(most: number, { least = 1, project = null as string | null } = {}): Promise<CallName | null> {
    const answer = await this.tryStart(most, { least, project });
    return answer.kind === 'started' ? this.#lastName() : null;
  }

  tryStart(most: number, { least = 1, project = null as string | null } = {}): Promise<StartAnswer> {
    this.#count += 1;
    return this.writer.submit('startCall', {
      ...{ ...this.#lastName(), continues: false, bodyHash: 'x', model: 'm', kind: 'question' },
      ...{
        project,
        limitsProjects: true,
        session: null,
        multiplier: 1,
        firstCall: true,
        openLimit: 1_000,
        owner: 'me',
      },
      ...{ least: millitokens(least), most: millitokens(most), full: millitokens(most) },
      leaseUntil: this.bank.now + 30_000,
    });
  }

  /** Ends a call; null releases it. Answers with what was charged. */
  async finish(call: CallName, charge: number | null): Promise<number | null> {
    const none = millitokens(0);
    const amount = millitokens(charge ?? 0);
    const usage = { promptTokens: 1, contextTokens: 0, cachedTokens: 0, responseTokens: 1, firstCall: true };
    const parts = { message: amount, prompt: none, context: none, response: none };
    const used = charge === null ? null : { usage, parts, charged: amount, counted: false };
    return (await this.writer.submit('finishCall', { ...call, used }))?.charged ?? null;
  }

  /** Spends exactly so much. */
  async spend(amount: number): Promise<void> {
    const call = await this.start(amount, { least: amount });
    assert.ok(call);
    assert.equal(await this.finish(call, amount), amount);
  }

  previewRefund() {
    return answeredRefund(this.#about(), (question) => this.writer.submit('previewRefund', question));
  }

  requestRefund() {
    return answeredRefund(this.#about(), (question) => this.writer.submit('requestRefund', question));
  }

  decideRefund(invoiceId: string, approve: boolean) {
    const about = { ...this.#about(), invoiceId };
    return answeredRefund(about, (question) => this.writer.submit('decideRefund', { ...question, approve }));
  }

  /** Every invoice is the price of what it granted, and granted it once. */
  async proveInvoices(): Promise<void> {
    const { query } = this.bank.database;
    const invoices = await query.selectFrom('invoices').selectAll().where('account_id', '=', this.accountId).execute();
    const grants = await query
      .selectFrom('transfers')
      .select(['key', 'amount'])
      .where('account_id', '=', this.accountId)
      .where('key', 'like', 'invoice:%')
      .execute();
    assert.deepEqual(
      grants.map(({ key, amount }) => `${key}=${amount}`).sort(),
      invoices.map(({ id, granted }) => `invoice:${id}=${granted}`).sort(),
    );
    for (const { kind, plan_id, previous_plan_id, amount, granted } of invoices) {
      const plan = planOf(plan_id);
      const before = kind === 'upgrade' ? planOf(previous_plan_id) : planOf('free');
      const free = kind === 'purchase' ? 0 : before.allowance;
      assert.deepEqual([amount, granted], [plan.price.amount - before.price.amount, plan.allowance - free]);
    }
  }

  /** Money that came in and was not given back, in cents. */
  async money(): Promise<number> {
    const invoices = await this.bank.database.query
      .selectFrom('invoices')
      .leftJoin('refunds', 'refunds.invoice_id', 'invoices.id')
      .select(['amount', 'refunds.status'])
      .where('invoices.account_id', '=', this.accountId)
      .execute();
    return invoices.reduce((sum, { amount, status }) => sum + (status === 'approved' ? 0 : amount), 0);
  }

  #about() {
    return { query: this.bank.database.query, clock: () => this.bank.now, accountId: this.accountId };
  }

  #lastName() {
    const callId = `call-${this.#count}`;
    return { accountId: this.accountId, generationId: callId, callId, holdId: callId };
  }
}

/** A database with its writer, and a clock that the test steps. */
export class TestBank {
  readonly database: Database;
  readonly writer: CommandWriter;
  now: number;

  constructor(database: Database, now: number) {
    this.database = database;
    this.now = now;
    this.writer = new Writer(database.openStore(), commands, {
      ...{ clock: () => this.now, onCommit: () => undefined, onFault: assert.ifError },
    });
  }

  /** Closes both; what is broken in the books fails the test. */
  async close(): Promise<void> {
    const { broken } = await verifyLedger(this.database);
    await this.writer.close();
    await this.database.close();
    assert.deepEqual(broken, []);
  }
}

/** A plan that there is. */
export function planOf(id: string): Plan {
  return planById(id) ?? assert.fail(`no plan ${id}`);
}
