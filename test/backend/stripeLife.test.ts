import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { plans } from '../../src/core/plans.ts';
import { AccountDesk, TestBank } from '../support/accountDesk.ts';
import { propertyRuns } from '../support/propertyRuns.ts';
import { StripeDouble } from '../support/stripeDouble.ts';
import { StripeLife, type SharedStripe, type StripeStep } from '../support/stripeLife.ts';
import { testDatabases, type TestDatabase } from '../support/testDatabases.ts';

const DAY_SECONDS = 24 * 60 * 60;
/** A life takes hundreds of commits and requests where another property takes none. */
const runs = Math.ceil(propertyRuns(1_000) / 200);

const step: fc.Arbitrary<StripeStep> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('choose' as const), plan: fc.constantFrom(...plans) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('give' as const), plan: fc.constantFrom(...plans) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('spend' as const), amount: fc.integer({ min: 1, max: 200_000 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('refund' as const), insist: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('callOff' as const, 'dispute' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      seconds: fc.integer({ min: 1, max: 45 * DAY_SECONDS }),
    }),
  },
);
/** In which order what Stripe has to say comes, and what of it comes again. */
const post = fc.infiniteStream(fc.nat());
const lives = fc.array(fc.record({ step, isLate: fc.boolean() }), { minLength: 8, maxLength: 20 });

for (const { name, create } of testDatabases) {
  describe(`years of an account with Stripe on ${name}`, function () {
    this.timeout(60 * 60_000);
    let place: TestDatabase;
    let bank: TestBank;
    let stripe: SharedStripe;
    let count = 0;

    before(async () => {
      place = await create();
      bank = new TestBank(await openDatabase(place.url), 0);
      const double = new StripeDouble(() => bank.now);
      stripe = { double, apiBase: await double.listen() };
    });
    after(async () => {
      await stripe.double.close();
      await bank.close();
      place.dispose();
    });

    const live = async (draw: () => number, act: (life: StripeLife) => Promise<void>): Promise<void> => {
      count += 1;
      bank.now = Date.parse('2026-01-31T09:00:00Z');
      const desk = new AccountDesk(bank, `account-${count}`);
      await desk.open();
      const life = new StripeLife(desk, stripe, draw);
      await act(life);
      await life.settleAll();
    };

    it('are what the plain rules say, in whatever order events come, and however often', async () => {
      await fc.assert(
        fc.asyncProperty(lives, post, async (all, draws) => {
          await live(
            () => drawn(draws),
            async (life) => {
              for (const { step: next } of all) {
                await life.take(next);
                await life.compare();
              }
            },
          );
        }),
        { numRuns: runs },
      );
    });

    it('give every cent its tokens once or back, however late an event comes', async () => {
      await fc.assert(
        fc.asyncProperty(lives, post, async (all, draws) => {
          await live(
            () => drawn(draws),
            async (life) => {
              for (const { step: next, isLate } of all) await life.take(next, { isLate });
            },
          );
        }),
        { numRuns: runs },
      );
    });
  });
}

function drawn(draws: Iterator<number>): number {
  const next = draws.next();
  return next.done === true ? 0 : next.value;
}
