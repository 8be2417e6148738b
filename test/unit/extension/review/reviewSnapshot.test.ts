import assert from 'node:assert/strict';
import { millitokens } from '../../../../src/core/tokens.ts';
import type { KeptParts } from '../../../../src/extension/chat/chatState.ts';
import type { ListedFile, ListedGeneration } from '../../../../src/extension/node/checkpoints/describe.ts';
import { reviewSnapshot } from '../../../../src/extension/review/reviewSnapshot.ts';
import type { Message } from '../../../../src/protocol/chat.ts';
import type { Review } from '../../../../src/protocol/review.ts';
import { answer, receipt } from '../../../support/chatSnapshots.ts';

const file = (path: string, more: Partial<ListedFile> = {}): ListedFile => {
  return { path, kind: 'changed', added: 2, removed: 1, ...more };
};

describe('reviewSnapshot', () => {
  it('says of each file what was done and decided', () => {
    const files = [
      file('a'),
      file('b', { kind: 'created' }),
      file('c', { undone: 'whole' }),
      file('d', { undone: 'partly' }),
      file('e', { kind: 'renamed', from: 'old' }),
    ];
    const review = shown(snapshot([listed({ files, outside: ['z', 'a'] })], { b: 'all', a: [1] }));
    assert.deepEqual(
      review.files.map(({ path, kind, state, from, keptHunks }) => [path, kind, state, from, keptHunks]),
      [
        ['a', 'edited', 'pending', null, [1]],
        ['b', 'created', 'kept', null, []],
        ['c', 'edited', 'undone', null, []],
        ['d', 'edited', 'partly', null, []],
        ['e', 'renamed', 'pending', 'old', []],
        ['z', 'outside', 'pending', null, []],
      ],
    );
  });

  it('is the message’s prompt, receipt and state', () => {
    const review = shown(snapshot([listed({ files: [file('a')], rollbacks: ['r'] })]));
    assert.deepEqual([review.prompt, review.receipt?.charged, review.running], ['Make it', millitokens(1240), false]);
    assert.deepEqual([review.canRedo, review.canUndo], [true, true]);
    const running = { ...answer('g'), state: 'streaming' as const };
    assert.equal(shown(snapshot([listed({})], {}, running)).running, true);
    assert.deepEqual(shown(snapshot([], {}, running)).files, [], 'nothing is changed yet');
  });

  it('says that a local edit is free, and of a message that is not known any more only what the store knows', () => {
    const edit: Message = {
      role: 'localEdit',
      id: 'g',
      at: '',
      prompt: '',
      places: [],
      saved: millitokens(0),
      rolledBack: false,
    };
    const free = shown(snapshot([listed({})], {}, edit));
    assert.deepEqual([free.isFree, free.receipt], [true, null]);
    const review = reviewSnapshot({
      id: 'g',
      message: undefined,
      kept: {},
      listed: [listed({})],
      canUndo: true,
      versionOf: () => 1,
    });
    assert.deepEqual([shown(review).isFree, shown(review).receipt, shown(review).prompt], [false, null, 'Make it']);
  });

  it('is all kept once the message is, but for what was undone', () => {
    const kept = { ...answer('g'), changesState: 'kept' as const };
    const review = shown(snapshot([listed({ files: [file('a'), file('b', { undone: 'whole' })] })], {}, kept));
    assert.deepEqual(
      review.files.map(({ state }) => state),
      ['kept', 'undone'],
    );
  });

  it('knows of a file that some of it is undone, also where the rest is kept or the answer came back to it', () => {
    const cut = listed({ files: [file('a', { undone: 'partly' })] });
    const marks = (review: Review) => shown(review).files.map(({ state, partlyUndone }) => [state, partlyUndone]);
    assert.deepEqual(marks(snapshot([cut])), [['partly', true]]);
    assert.deepEqual(marks(snapshot([cut, listed({ id: 'g-2', files: [file('a')] })], { a: 'all' })), [['kept', true]]);
  });

  it('adds up what a generation that went on did to a file', () => {
    const first = listed({ files: [file('a', { kind: 'created' })] });
    const review = shown(snapshot([first, listed({ id: 'g-2', files: [file('a', { undone: 'whole' })] })]));
    assert.deepEqual(
      review.files.map(({ kind, added, removed, state }) => [kind, added, removed, state]),
      [['created', 4, 2, 'partly']],
    );
  });

  it('is lost where the store has none of its checkpoints any more', () => {
    assert.deepEqual(snapshot([]), { kind: 'lost', prompt: '', reason: 'dropped', detail: '' });
  });
});

function snapshot(
  checkpoints: ListedGeneration[],
  kept: KeptParts = {},
  message: Message | undefined = { ...answer('g'), receipt: receipt('g') },
): Review {
  return reviewSnapshot({ id: 'g', message, kept, listed: checkpoints, canUndo: true, versionOf: () => 1 });
}

function listed(changes: Partial<ListedGeneration>): ListedGeneration {
  return {
    id: 'g',
    prompt: 'Make it',
    at: '',
    state: 'kept',
    files: [],
    outside: [],
    rollbacks: [],
    damagedLines: [],
    ...changes,
  };
}

function shown(review: Review): Extract<Review, { kind: 'generation' }> {
  assert.ok(review.kind === 'generation');
  return review;
}
