import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lineAnchors } from '../../../src/core/lineAnchors.ts';
import { propertyRuns } from '../../support/propertyRuns.ts';

const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const lines = fc.oneof(fc.shuffledSubarray(letters), fc.array(fc.constantFrom(...letters), { maxLength: 10 }));

describe('lineAnchors', () => {
  it('finds the lines that each side has once', () => {
    const found = lineAnchors(['x', 'a', 'y', 'b'], ['a', 'b', 'b2'], ['0', '0', 'a', 'b']);
    assert.deepEqual(found, [
      { base: 1, now: 0, before: 2 },
      { base: 3, now: 1, before: 3 },
    ]);
  });

  it('takes no line that stands twice anywhere, and none that one side lacks', () => {
    assert.deepEqual(lineAnchors(['a', 'b', 'c'], ['a', 'b', 'a'], ['a', 'b', 'b', 'c']), []);
  });

  it('drops a line that was moved, and keeps the many that were not', () => {
    const found = lineAnchors(['a', 'b', 'c', 'd'], ['d', 'a', 'b', 'c'], ['a', 'b', 'c', 'd']);
    assert.deepEqual(
      found.map(({ base }) => base),
      [0, 1, 2],
    );
  });

  it('is in the same order on all sides', () => {
    fc.assert(
      fc.property(lines, lines, lines, (base, now, before) => {
        const found = lineAnchors(base, now, before);
        found.forEach((anchor, index) => {
          const next = found[index + 1];
          assert.equal(base[anchor.base], now[anchor.now]);
          assert.equal(base[anchor.base], before[anchor.before]);
          if (next === undefined) return;
          assert.ok(anchor.base < next.base && anchor.now < next.now && anchor.before < next.before);
        });
      }),
      { numRuns: propertyRuns(1_000) },
    );
  });

  it('loses no anchor that could stay where nothing was moved', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 20 }), fc.nat(), (base, seed) => {
        const now = base.filter((_, index) => (index + seed) % 3 !== 0);
        const before = base.filter((_, index) => (index + seed) % 4 !== 0);
        const expected = base.filter((line) => now.includes(line) && before.includes(line));
        assert.deepEqual(
          lineAnchors(base, now, before).map((anchor) => base[anchor.base]),
          expected,
        );
      }),
      { numRuns: propertyRuns() },
    );
  });
});
