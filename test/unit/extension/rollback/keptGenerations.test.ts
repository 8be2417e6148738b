import assert from 'node:assert/strict';
import type { GenerationState } from '../../../../src/core/checkpoint.ts';
import { earlierTargets } from '../../../../src/extension/rollback/earlierTargets.ts';
import { keptGenerations, type ListedCheckpoint } from '../../../../src/extension/rollback/keptGenerations.ts';

const at = '2026-11-01T10:00:00.000Z';

function checkpoint(id: string, state: GenerationState, files: string[], rollbacks: string[] = []): ListedCheckpoint {
  return { id, prompt: `Prompt of ${id}`, at, state, files: files.map((path) => ({ path })), rollbacks };
}

describe('generations that can be rolled back', () => {
  it('are one each, however many checkpoints they have', () => {
    const listed = [
      checkpoint('a', 'kept', ['x', 'y']),
      checkpoint('a-2', 'rolledBack', ['y', 'z'], ['r1', 'r2']),
      checkpoint('b', 'kept', ['x']),
      checkpoint('other', 'kept', ['o']),
    ];
    const run = { folder: 'w', checkpoints: ['b', 'other'], estimate: null, multiplier: 1 };
    const [a, b, ...more] = keptGenerations(listed, { g: run });
    assert.deepEqual(a, {
      id: 'a',
      prompt: 'Prompt of a',
      at,
      state: 'partly',
      files: ['x', 'y', 'z'],
      undone: new Map(),
      checkpoints: ['a', 'a-2'],
      redo: 'r2',
    });
    assert.deepEqual([b?.id, b?.checkpoints, b?.redo], ['g', ['b', 'other'], null]);
    assert.deepEqual(more, []);
  });

  it('say what of their files is rolled back, over all their checkpoints', () => {
    const parts = (undone: Record<string, 'whole' | 'partly' | undefined>) =>
      Object.entries(undone).map(([path, state]) => ({ path, ...(state ? { undone: state } : {}) }));
    const listed = [
      { ...checkpoint('a', 'partly', []), files: parts({ x: 'whole', y: 'whole', z: undefined }) },
      { ...checkpoint('a-2', 'partly', []), files: parts({ x: 'whole', y: undefined, w: 'partly' }) },
    ];
    assert.deepEqual(
      keptGenerations(listed, {})[0]?.undone,
      new Map([
        ['x', 'whole'],
        ['y', 'partly'],
        ['w', 'partly'],
      ]),
    );
  });

  it('are none where nothing was changed, unless nobody knows yet', () => {
    const listed = [checkpoint('a', 'kept', []), checkpoint('b', 'interrupted', []), checkpoint('c-7', 'kept', ['x'])];
    assert.deepEqual(
      keptGenerations(listed, {}).map(({ id, state }) => [id, state]),
      [
        ['b', 'interrupted'],
        ['c-7', 'kept'],
      ],
    );
  });

  const states: [GenerationState[], GenerationState][] = [
    [['kept', 'open'], 'open'],
    [['rolledBack', 'rolledBack'], 'rolledBack'],
    [['kept', 'partly'], 'partly'],
    [['kept', 'interrupted'], 'interrupted'],
    [['kept', 'kept'], 'kept'],
  ];
  for (const [parts, whole] of states) {
    it(`are ${whole} if their checkpoints are ${parts.join(' and ')}`, () => {
      const listed = parts.map((state, n) => checkpoint(n === 0 ? 'a' : `a-${String(n)}`, state, ['x']));
      assert.equal(keptGenerations(listed, {})[0]?.state, whole);
    });
  }
});

describe('roll back targets of an earlier chat', () => {
  const listed = [
    checkpoint('a', 'kept', ['x']),
    checkpoint('b', 'partly', ['x']),
    checkpoint('c', 'rolledBack', ['x']),
    checkpoint('d', 'open', ['x']),
    checkpoint('e', 'kept', ['x']),
  ];
  const kept = keptGenerations(listed, {});

  it('are everything since that still stands, but what runs', () => {
    const targets = earlierTargets(kept, 'w', 'a', 'since');
    assert.deepEqual(targets?.checkpoints, ['a', 'b', 'e']);
    assert.deepEqual(
      [targets.folder, targets.prompt, targets.inChat, targets.messages],
      ['w', 'Prompt of a', false, []],
    );
  });

  it('are one alone, and say whether something came later', () => {
    const alone = earlierTargets(kept, 'w', 'b', 'alone');
    assert.deepEqual([alone?.checkpoints, alone?.hasLater], [['b'], true]);
    assert.equal(earlierTargets(kept, 'w', 'e', 'since')?.hasLater, false);
    assert.equal(earlierTargets(kept, 'w', 'nobody', 'since'), null);
  });
});
