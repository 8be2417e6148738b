import assert from 'node:assert/strict';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { plans } from '../../src/core/plans.ts';
import { millitokens } from '../../src/core/tokens.ts';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import type { CallName } from '../../src/backend/generations/generations.ts';
import { AccountDesk, TestBank } from '../support/accountDesk.ts';
import { PlainLedger } from '../support/plainLedger.ts';
import { propertyRuns } from '../support/propertyRuns.ts';
import { testDatabases, type TestDatabase } from '../support/testDatabases.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
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
      weight: 3,
      arbitrary: fc.record({
        do: fc.constantFrom('choose' as const, 'across' as const),
        plan: fc.constantFrom(...plans.map(({ id }) => id)),
        card: fc.constantFrom(
          'pays' as const,
          'pays' as const,
          'fails' as const,
          'fails' as const,
          'disputes' as const,
        ),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('give' as const), plan: fc.constantFrom(...plans.map(({ id }) => id)) }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('refund' as const), insist: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('export' as const, 'lift' as const) }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 2 * DAY }) }),
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
    let bank: TestBank;
    let lives = 0;

    before(async () => {
      place = await create();
      bank = new TestBank(await openDatabase(place.url), 0);
    });
    after(async () => {
      await bank.close();
      place.dispose();
    });

    it('are what the plain rules say, whatever is called, chosen, paid and asked back, and whatever the clock does', async () => {
      await fc.assert(
        fc.asyncProperty(births, steps, async (birth, all) => {
          bank.now = birth.getTime();
          lives += 1;
          const desk = new AccountDesk(bank, `account-${lives}`);
          await desk.open();
          const life = new Life(desk);
          for (const step of all) {
            if (step.do === 'wait') bank.now += step.ms;
            else await life.take(step);
            await life.compare();
          }
          await life.account();
        }),
        { numRuns: runs },
      );
    });
  });
}

/** One account in the ledger and in the plain rules, side by side. */
class Life {
  readonly #desk: AccountDesk;
  readonly #plain: PlainLedger;
  readonly #calls: CallName[] = [];
  #count = 0;

  constructor(desk: AccountDesk) {
    this.#desk = desk;
    this.#plain = new PlainLedger(desk.bank.now);
  }

  async take(step: Exclude<Step, { do: 'wait' }>): Promise<void> {
    const { accountId, writer, bank } = this.#desk;
    const { now } = bank;
    this.#count += 1;
    switch (step.do) {
      case 'start':
        return this.#start(now, step.least, step.least + step.more);
      case 'finish':
        return this.#finish(now, step.which, step.charge);
      case 'release':
        return this.#finish(now, step.which, null);
      case 'choose':
        this.#plain.choose(now, step.plan, step.card);
        await this.#desk.buy(step.plan, cards[step.card]);
        return;
      case 'across':
        return this.#across(step.plan, step.card);
      case 'give':
        this.#plain.give(now, step.plan);
        return this.#desk.give(step.plan);
      case 'callOff':
        this.#plain.callOff(now);
        await writer.submit('callOffChange', { accountId });
        return;
      case 'export':
        this.#plain.export(now);
        await writer.submit('recordExport', { accountId });
        return;
      case 'refund':
        assert.equal(await this.#refund(step.insist), this.#plain.refund(now, step.insist));
        return;
      case 'lift':
        this.#plain.frozen = false;
        await writer.submit('setHold', { accountId, onHold: false });
        return;
      case 'grant': {
        this.#plain.grant(now, step.amount);
        const grant = { accountId, amount: millitokens(step.amount), key: `test:${this.#count}`, reason: 'test' };
        assert.deepEqual(await Promise.all([writer.submit('addGrant', grant), writer.submit('addGrant', grant)]), [
          true,
          false,
        ]);
      }
    }
  }

  /** Chooses a plan before a month's end, and pays for it after that. */
  async #across(planId: string, card: keyof typeof cards): Promise<void> {
    const { bank } = this.#desk;
    bank.now = Math.max(bank.now, this.#plain.end - HOUR / 6);
    const order = this.#plain.order(bank.now, planId);
    const checkout = await this.#desk.order(planId);
    assert.equal(checkout === null, order === null);
    bank.now += HOUR / 3;
    if (checkout === null || order === null) return;
    const isPaid = this.#plain.pay(bank.now, order, card);
    assert.equal(await this.#desk.pay(checkout, cards[card]), isPaid ? 'paid' : 'outOfDate');
  }

  async compare(): Promise<void> {
    assert.deepEqual(await this.#desk.view(), this.#plain.view(this.#desk.bank.now));
  }

  /** What came in is the price of what was granted, each once. */
  async account(): Promise<void> {
    await this.#desk.proveInvoices();
    assert.equal(await this.#desk.money(), this.#plain.money);
  }

  async #start(now: number, least: number, most: number): Promise<void> {
    const call = await this.#desk.start(most, { least });
    const id = call?.callId ?? 'none';
    const hold = this.#plain.reserve(now, id, least, most);
    assert.equal(call === null, hold === null);
    if (call !== null) this.#calls.push(call);
  }

  async #finish(now: number, which: number, charge: number | null): Promise<void> {
    const call = this.#calls[which % Math.max(1, this.#calls.length)];
    if (call === undefined) return;
    const charged = await this.#desk.finish(call, charge);
    assert.equal(charged, this.#plain.finish(now, call.callId, charge ?? 0));
  }

  async #refund(insist: boolean): Promise<string> {
    const answer = await this.#desk.requestRefund();
    if (answer.kind === 'generationOpen') return 'open';
    if (answer.status !== 'waiting' || !insist) return answer.status;
    const decided = await this.#desk.decideRefund(answer.id ?? '', true);
    return decided.kind === 'decided' ? decided.status : 'open';
  }
}

const cards = { pays: '4242424242424242', fails: '4000000000000341', disputes: '4000000000000259' };
