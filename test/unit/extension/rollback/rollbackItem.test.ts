import assert from 'node:assert/strict';
import { millitokens } from '../../../../src/core/tokens.ts';
import type { KeptGeneration } from '../../../../src/extension/rollback/keptGenerations.ts';
import { rollbackItem } from '../../../../src/extension/rollback/rollbackItem.ts';
import { wording } from '../wording.ts';

const generation: KeptGeneration = {
  id: 'g',
  prompt: 'Create a users\ntable',
  at: '2026-11-22T10:05:00.000Z',
  state: 'kept',
  files: ['users.html', 'styles.css'],
  checkpoints: ['g'],
  undone: new Map(),
  redo: null,
};

describe('a generation as a line to pick', () => {
  it('says when, what, what it cost, which files, and what became of it', () => {
    assert.deepEqual(rollbackItem(generation, millitokens(640), wording), {
      label: '$(check) Create a users table',
      detail: '22 Nov, 10:05 · done · 0.64 tokens · users.html, styles.css',
    });
  });

  it('says nothing of what is not known', () => {
    const unknown = { ...generation, prompt: ' ', at: '', files: [], state: 'interrupted' } as const;
    const item = { label: '$(warning) No prompt', detail: 'interrupted' };
    assert.deepEqual(rollbackItem(unknown, undefined, wording), item);
  });

  it('says that what is rolled back is redone by picking it', () => {
    const back = rollbackItem({ ...generation, state: 'rolledBack', redo: 'r1' }, undefined, wording);
    assert.equal(back.detail, '22 Nov, 10:05 · rolled back · pick to redo · users.html, styles.css');
  });

  it('stays one short line, however long its prompt and list of files', () => {
    const long = {
      ...generation,
      prompt: 'x'.repeat(200),
      files: ['a', 'b', 'c', 'd', 'e', 'f'],
      state: 'partly',
    } as const;
    const { label, detail } = rollbackItem(long, undefined, wording);
    assert.equal(label, `$(circle-large-outline) ${'x'.repeat(80)}…`);
    assert.equal(detail, '22 Nov, 10:05 · partly rolled back · a, b, c, d and 2 more');
  });
});
