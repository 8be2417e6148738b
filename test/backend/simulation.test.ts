import assert from 'node:assert/strict';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { planById, plans } from '../../src/core/plans.ts';
import { millitokens } from '../../src/core/tokens.ts';
import { commands, type CommandWriter } from '../../src/backend/commands.ts';
import type { Database } from '../../src/backend/database/database.ts';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { Writer } from '../../src/backend/database/writer.ts';
import type { CallName } from '../../src/backend/generations/generations.ts';
import { createIds } from '../../src/backend/ids.ts';
import { verifyLedger } from '../../src/backend/ledger/verifyLedger.ts';
import { PlainLedger } from '../support/plainLedger.ts';
import { propertyRuns } from '../support/propertyRuns.ts';
import { testDatabases, type TestDatabase } from '../support/testDatabases.ts';

const DAY = 24 * 60 * 60 * 1000;
/** A life of an account takes hundreds of commits where another property takes none. */
const runs = Math.ceil(propertyRuns(3_000) / 200);

const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constant('start' as const), least: fc.nat(9_999), more: fc.nat(200_000) }),
    },
    {
      weight: 6,
      arbitrary: fc.record({ do: fc.constant('finish' as const), which: fc.nat(50), charge: fc.nat(250_000) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), which: fc.nat(50) }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('choose' as const), plan: fc.constantFrom(...plans.map(({ id }) => id)) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('callOff' as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('grant' as const), amount: fc.integer({ min: 1, max: 50_000 }) }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 20 * DAY }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 60 * DAY, max: 500 * DAY }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: -40 * DAY, max: -1 }) }),
    },
  ),
  { minLength: 30, maxLength: 120 },
);
const births = fc.date({ min: new Date('2024-01-01'), max: new Date('2028-12-31'), noInvalidDate: true });

type Step = (typeof steps extends fc.Arbitrary<infer All> ? All : never) extends (infer One)[] ? One : never;

for (const { name, create } of testDatabases) {
  describe(`years of an account on ${name}`, function () {
    this.timeout(120 * 60_000);
    let place: TestDatabase;
    let database: Database;
    let writer: CommandWriter;
    let now = 0;
    let lives = 0;

    before(async () => {
      place = await create();
      database = await openDatabase(place.url);
      const clock = (): number => now;
      writer = new Writer(database.openStore(), commands, {
        ...{ clock, ids: createIds(Date.now), onCommit: () => undefined, onFault: assert.ifError },
      });
    });
    after(async () => {
      const { broken } = await verifyLedger(database);
      await writer.close();
      await database.close();
      place.dispose();
      assert.deepEqual(broken, []);
    });

    it('are what the plain rules say, whatever is called, chosen and paid, and whatever the clock does', async () => {
      await fc.assert(
        fc.asyncProperty(births, steps, async (birth, all) => {
          now = birth.getTime();
          lives += 1;
          const accountId = `account-${lives}`;
          const free = planById('free') ?? assert.fail();
          await writer.submit('createAccount', { id: accountId, email: `${accountId}@example.com`, plan: free });
          const life = new Life(writer, accountId, now);
          for (const step of all) {
            if (step.do === 'wait') now += step.ms;
            else await life.take(step, now);
            await life.compare(now);
          }
        }),
        { numRuns: runs },
      );
    });
  });
}

/** One account in the ledger and in the plain rules, side by side. */
class Life {
  readonly #writer: CommandWriter;
  readonly #accountId: string;
  readonly #plain: PlainLedger;
  readonly #calls: CallName[] = [];
  #count = 0;

  constructor(writer: CommandWriter, accountId: string, now: number) {
    this.#writer = writer;
    this.#accountId = accountId;
    this.#plain = new PlainLedger(now);
  }

  async take(step: Exclude<Step, { do: 'wait' }>, now: number): Promise<void> {
    const accountId = this.#accountId;
    this.#count += 1;
    switch (step.do) {
      case 'start':
        return this.#start(now, millitokens(step.least), millitokens(step.least + step.more));
      case 'finish':
        return this.#finish(now, step.which, step.charge);
      case 'release':
        return this.#finish(now, step.which, null);
      case 'choose':
        this.#plain.choose(now, step.plan);
        return this.#choose(step.plan);
      case 'callOff':
        this.#plain.callOff(now);
        await this.#writer.submit('callOffChange', { accountId });
        return;
      case 'grant': {
        this.#plain.grant(now, step.amount);
        const grant = { accountId, amount: millitokens(step.amount), key: `test:${this.#count}`, reason: 'test' };
        assert.deepEqual(
          await Promise.all([this.#writer.submit('addGrant', grant), this.#writer.submit('addGrant', grant)]),
          [true, false],
        );
      }
    }
  }

  async compare(now: number): Promise<void> {
    const seen = await this.#writer.submit('viewAccount', { accountId: this.#accountId });
    assert.ok(seen);
    this.#plain.at(now);
    const { plan, scheduled, available, held, allowance, used, start, end } = this.#plain;
    const { ledger } = seen;
    assert.deepEqual(
      [seen.plan.id, seen.subscription.scheduledPlanId, ledger.available, ledger.held, ledger.allowance, ledger.used],
      [plan.id, scheduled?.id ?? null, available, held, allowance, used],
    );
    assert.deepEqual([ledger.periodStart, ledger.periodEnd], [start, end]);
  }

  async #start(now: number, least: number, most: number): Promise<void> {
    const callId = `call-${this.#count}`;
    const name = { accountId: this.#accountId, generationId: callId, callId };
    const answer = await this.#writer.submit('startCall', {
      ...{
        ...name,
        continues: false,
        bodyHash: 'x',
        model: 'm',
        kind: 'question',
        project: null,
        session: null,
        multiplier: 1,
      },
      ...{ firstCall: true, openLimit: 1_000, owner: 'me', leaseUntil: now + 30_000 },
      ...{ least: millitokens(least), most: millitokens(most) },
    });
    const hold = this.#plain.reserve(now, callId, least, most);
    assert.equal(answer.kind === 'started' ? answer.hold : null, hold);
    if (answer.kind === 'started') this.#calls.push({ ...name, holdId: answer.holdId });
  }

  async #finish(now: number, which: number, charge: number | null): Promise<void> {
    const call = this.#calls[which % Math.max(1, this.#calls.length)];
    if (call === undefined) return;
    const none = millitokens(0);
    const amount = millitokens(charge ?? 0);
    const usage = { promptTokens: 1, contextTokens: 0, cachedTokens: 0, responseTokens: 1, firstCall: true };
    const parts = { message: amount, prompt: none, context: none, response: none };
    void this.#writer.submit('markSent', { ...call, capped: false });
    const used = charge === null ? null : { usage, parts, charged: amount, counted: false };
    const finished = await this.#writer.submit('finishCall', { ...call, used });
    assert.equal(finished?.charged ?? null, this.#plain.finish(now, call.callId, amount));
  }

  async #choose(planId: string): Promise<void> {
    const accountId = this.#accountId;
    const checkoutId = `${accountId}-${this.#count}`;
    const plan = planById(planId) ?? assert.fail();
    const chosen = await this.#writer.submit('choosePlan', { accountId, plan });
    if (chosen.kind !== 'pay') return;
    const { from: previousPlanId, amount, currency } = chosen;
    await this.#writer.submit('openCheckout', { id: checkoutId, accountId, planId, previousPlanId, amount, currency });
    const payment = { id: checkoutId, accountId, card: '4242424242424242', confirmed: false };
    assert.equal((await this.#writer.submit('payCheckout', payment)).kind, 'paid');
  }
}
