import assert from 'node:assert/strict';
import fc from 'fast-check';
import { capExcess, type KeptGeneration } from '../../../src/core/checkpointCap.ts';
import { propertyRuns } from '../../support/propertyRuns.ts';

const never = { maxBytes: Number.MAX_SAFE_INTEGER, keepFrom: '' };

function generation(id: string, contents: readonly string[], more: Partial<KeptGeneration> = {}): KeptGeneration {
  return { id, at: `2026-11-0${id}T00:00:00.000Z`, contents: new Set(contents), isOpen: false, ...more };
}

const sizes = new Map([
  ['a', 100],
  ['b', 100],
  ['c', 100],
]);

describe('the cap on checkpoints', () => {
  it('drops nothing that fits', () => {
    const kept = [generation('1', ['a']), generation('2', ['b']), generation('3', ['c'])];
    assert.deepEqual(capExcess(kept, sizes, 0, { maxBytes: 300, keepFrom: '' }), { ids: [], bytes: 0 });
  });

  it('drops the oldest until the rest fits, the journal included', () => {
    const kept = [generation('1', ['a']), generation('2', ['b']), generation('3', ['c'])];
    assert.deepEqual(capExcess(kept, sizes, 0, { maxBytes: 299, keepFrom: '' }), { ids: ['1'], bytes: 100 });
    assert.deepEqual(capExcess(kept, sizes, 50, { maxBytes: 249, keepFrom: '' }), { ids: ['1', '2'], bytes: 200 });
  });

  it('counts what several generations need once, and as freed only when the last of them goes', () => {
    const kept = [generation('1', ['a']), generation('2', ['a', 'b']), generation('3', ['c'])];
    assert.deepEqual(capExcess(kept, sizes, 0, { maxBytes: 300, keepFrom: '' }).ids, []);
    assert.deepEqual(capExcess(kept, sizes, 0, { maxBytes: 299, keepFrom: '' }), { ids: ['1', '2'], bytes: 200 });
  });

  it('drops what is too old', () => {
    const kept = [generation('1', ['a']), generation('2', ['b'], { at: '' }), generation('3', ['c'])];
    const limits = { ...never, keepFrom: '2026-11-03T00:00:00.000Z' };
    assert.deepEqual(capExcess(kept, sizes, 0, limits), { ids: ['1'], bytes: 100 });
  });

  it('never drops the last generation, nor one that runs', () => {
    const kept = [generation('1', ['a'], { isOpen: true }), generation('2', ['b']), generation('3', ['c'])];
    assert.deepEqual(capExcess(kept, sizes, 0, { maxBytes: 0, keepFrom: '2027' }).ids, ['2']);
    assert.deepEqual(capExcess(kept.slice(2), sizes, 0, { maxBytes: 0, keepFrom: '2027' }).ids, []);
  });

  it('keeps within the size whatever it is given, and drops no more by size than it must', () => {
    const contents = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(contents, { maxLength: 6 }), fc.nat(500), (all, maxBytes) => {
        const kept = all.map((each, index) => generation(String(index), each));
        const { ids, bytes } = capExcess(kept, sizes, 0, { maxBytes, keepFrom: '' });
        const left = kept.filter(({ id }) => !ids.includes(id));
        assert.ok(left.length > 0 || kept.length === 0);
        assert.ok(sizeOf(left) <= maxBytes || left.length <= 1);
        assert.equal(sizeOf(kept) - sizeOf(left), bytes);
        const lastDropped = kept[ids.length - 1];
        if (lastDropped !== undefined) assert.ok(sizeOf([lastDropped, ...left]) > maxBytes);
      }),
      { numRuns: propertyRuns() },
    );
  });
});

function sizeOf(generations: readonly KeptGeneration[]): number {
  const needed = new Set(generations.flatMap(({ contents }) => [...contents]));
  return [...needed].reduce((sum, hash) => sum + (sizes.get(hash) ?? 0), 0);
}
