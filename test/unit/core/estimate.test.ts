import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { estimate, type ReceiptSample } from '../../../src/core/estimate.ts';
import { estimatePrior } from '../../../src/core/estimatePrior.ts';
import { charge, defaultRateCard } from '../../../src/core/rateCard.ts';
import { requestKinds, type RequestKind } from '../../../src/core/requestKind.ts';
import { millitokens } from '../../../src/core/tokens.ts';
import { splitUsage } from '../../../src/core/usageSplit.ts';
import { multipliers, rateCards } from '../../support/arbitraries.ts';
import { propertyRuns } from '../../support/propertyRuns.ts';

const users = 'Create a users table with columns: name, email, status (as colored badge). Add sorting on all columns.';
const sentAlong = 2_500;

function sample(kind: RequestKind, responseTokens: number, model = 'builder'): ReceiptSample {
  return { kind, model, responseTokens, readTokens: 2_000, calls: 2, charged: millitokens(1_000) };
}

describe('estimate', () => {
  const known: [kind: RequestKind, tokens: number][] = [
    ['add-field', 0.6],
    ['table', 1.2],
    ['crud', 2.0],
    ['refactor', 2.6],
    ['dashboard', 3.4],
  ];
  for (const [kind, tokens] of known) {
    it(`expects about ${tokens} tokens for ${kind}, as the design has it`, () => {
      const { low, likely, high } = estimate({ prompt: users, contextTokens: sentAlong, kind, multiplier: 1 });
      assert.ok(Math.abs(likely / (tokens * 1_000) - 1) < 0.12, `${likely}`);
      assert.ok(low < tokens * 1_000 && tokens * 1_000 < high, `${low} to ${high}`);
    });
  }

  it('finds the kind by the words', () => {
    const { kind } = estimate({ prompt: users, contextTokens: sentAlong, multiplier: 1 });
    assert.equal(kind, 'table');
  });

  it('stops at 4 tokens or twice the high end, or where the person says', () => {
    const small = estimate({ prompt: 'Change header to blue', contextTokens: sentAlong, multiplier: 1 });
    assert.equal(small.stopsAt, 4_000);
    const large = estimate({ prompt: users, contextTokens: sentAlong, kind: 'dashboard', multiplier: 1 });
    assert.equal(large.stopsAt, 2 * large.high);
    const capped = estimate({ prompt: users, contextTokens: 0, multiplier: 1, cap: millitokens(1_500) });
    assert.equal(capped.stopsAt, 1_500);
  });

  it('prices an empty message by its kind alone', () => {
    const { reasons } = estimate({ prompt: '', contextTokens: 0, kind: 'question', multiplier: 1 });
    assert.deepEqual(
      reasons.map(({ part, millitokens: amount }) => [part, amount > 0]),
      [
        ['message', true],
        ['prompt', false],
        ['context', false],
        ['response', true],
      ],
    );
  });

  it('is in order and explains itself, on any card and model', () => {
    const kinds = fc.constantFrom(...requestKinds);
    const receipts = fc.array(
      fc.record({
        kind: kinds,
        model: fc.constant('builder'),
        responseTokens: fc.nat(50_000),
        readTokens: fc.nat(50_000),
        calls: fc.integer({ min: 1, max: 40 }),
        charged: fc.nat(100_000).map(millitokens),
      }),
    );
    fc.assert(
      fc.property(
        fc.string(),
        fc.nat(100_000),
        kinds,
        multipliers,
        rateCards,
        receipts,
        (prompt, contextTokens, kind, multiplier, card, own) => {
          const answer = estimate({ prompt, contextTokens, kind, multiplier, card, receipts: own });
          assert.ok(answer.low <= answer.likely && answer.likely <= answer.high && answer.high <= answer.stopsAt);
          assert.equal(
            answer.reasons.reduce((sum, reason) => sum + reason.millitokens, 0),
            answer.likely,
          );
        },
      ),
      { numRuns: propertyRuns() },
    );
  });

  it('keeps its prior in model tokens: a card twice as dear doubles every figure', () => {
    const { version, promptCap, ...rates } = defaultRateCard;
    const doubled = Object.fromEntries(Object.entries(rates).map(([name, rate]) => [name, rate * 2]));
    const card = { ...defaultRateCard, ...doubled, version: version + 1, promptCap };
    const one = estimate({ prompt: users, contextTokens: sentAlong, multiplier: 1 });
    const two = estimate({ prompt: users, contextTokens: sentAlong, multiplier: 1, card });
    for (const figure of ['low', 'likely', 'high'] as const) {
      // Each part is rounded to a whole millitoken before the interval is spread from it.
      assert.ok(Math.abs(two[figure] - 2 * one[figure]) <= 6, figure);
    }
  });

  it('covers four of five requests that behave as the prior says', () => {
    const next = seeded(7);
    const trials = 2_000;
    for (const kind of requestKinds) {
      const { low, high } = estimate({ prompt: users, contextTokens: sentAlong, kind, multiplier: 1 });
      let covered = 0;
      for (let trial = 0; trial < trials; trial += 1) {
        const cost = playGeneration(kind, next);
        if (cost >= low && cost <= high) covered += 1;
      }
      assert.ok(Math.abs(covered / trials - 0.8) < 0.04, `${kind}: ${covered / trials}`);
    }
  });

  describe('from receipts', () => {
    const likely = (receipts: readonly ReceiptSample[], model?: string): number =>
      estimate({ prompt: users, contextTokens: sentAlong, kind: 'table', multiplier: 1, receipts, model }).likely;
    const short = (count: number, model?: string): ReceiptSample[] =>
      Array.from({ length: count }, () => sample('table', 400, model));

    it('moves towards what the account is used to, the more the more receipts there are', () => {
      const steps = [0, 1, 8, 40].map((count) => likely(short(count)));
      assert.deepEqual(
        steps,
        steps.toSorted((one, other) => other - one),
      );
      const own = 250 + 5 + 90 + 5 + 4 + 120;
      assert.ok(Math.abs((steps.at(-1) ?? 0) / own - 1) < 0.25, steps.join(', '));
    });

    it('is half its own after eight', () => {
      const outputs = [120, 130, 140, 145, 155, 160, 173, 187];
      const receipts = outputs.map((output) => ({ ...sample('question', output), readTokens: 0, calls: 1 }));
      const answer = estimate({ prompt: '', contextTokens: 0, kind: 'question', multiplier: 1, receipts });
      const median = Math.sqrt(350 * 150) * 0.3;
      const expected = answer.reasons[3]?.millitokens ?? 0;
      assert.ok(expected > median && expected < median * 1.25, `${expected} beside ${median}`);
    });

    it('narrows for an account whose requests are alike', () => {
      const width = (receipts: ReceiptSample[]): number => {
        const { low, high } = estimate({ prompt: users, contextTokens: 0, kind: 'table', multiplier: 1, receipts });
        return high - low;
      };
      const alike = Array.from({ length: 32 }, (_, at) => sample('table', 2_150 + at));
      assert.ok(width(alike) < 0.7 * width([]));
    });

    it('widens while the account differs from what is typical', () => {
      const reach = (output: number): number => {
        const receipts = Array.from({ length: 8 }, () => sample('table', output));
        const answer = estimate({ prompt: '', contextTokens: 0, kind: 'table', multiplier: 1, receipts });
        return answer.high / answer.low;
      };
      assert.ok(reach(18_000) > 1.4 * reach(2_200));
    });

    it('still holds what it expects where requests scatter beyond all measure', () => {
      const receipts = Array.from({ length: 40 }, (_, at) => sample('table', at % 2 === 0 ? 0 : 1_000_000));
      const answer = estimate({ prompt: users, contextTokens: 0, kind: 'table', multiplier: 1, receipts });
      assert.ok(answer.low <= answer.likely && answer.likely <= answer.high);
    });

    it('heeds only its kind and, where told, its model', () => {
      const prior = likely([]);
      assert.equal(likely(Array.from({ length: 20 }, () => sample('fix', 100))), prior);
      assert.equal(likely(short(20, 'other'), 'builder'), prior);
      assert.ok(likely(short(20, 'other')) < prior);
    });

    it('says how many it learned from', () => {
      const { reasons } = estimate({
        prompt: users,
        contextTokens: 0,
        kind: 'table',
        multiplier: 1,
        receipts: short(5),
      });
      assert.deepEqual(
        reasons.map(({ part, basis, n }) => [part, basis, n]),
        [
          ['message', 'prior', undefined],
          ['prompt', 'prior', undefined],
          ['context', 'receipts', 5],
          ['response', 'receipts', 5],
        ],
      );
    });
  });
});

/** Plays a generation call by call as the backend bills it: what was sent before is cached, what is new is context. */
function playGeneration(kind: RequestKind, next: () => number): number {
  const { calls, reads, output } = estimatePrior[kind];
  const answer = output.p50 * Math.exp((Math.log(output.p90 / output.p10) / 2.5632) * normal(next));
  const read = reads * Math.exp(0.5 * normal(next));
  let sent = sentAlong + countTokens(users);
  let previousPromptTokens = 0;
  let cost = 0;
  for (let call = 0; call < calls; call += 1) {
    const reported = { promptTokens: Math.round(sent), cachedTokens: 0, responseTokens: Math.round(answer / calls) };
    const firstCall = call === 0;
    const usage = splitUsage({ promptTextTokens: countTokens(users), reported, firstCall, previousPromptTokens });
    cost += charge(usage, 1).total;
    previousPromptTokens = reported.promptTokens;
    sent += answer / calls + read / Math.max(1, calls - 1);
  }
  return cost;
}

/** A small generator with a seed, so that every run sees the same requests. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}

function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
}
