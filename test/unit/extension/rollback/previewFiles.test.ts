import assert from 'node:assert/strict';
import { LeftTexts } from '../../../../src/extension/rollback/leftTexts.ts';
import { previewFiles } from '../../../../src/extension/rollback/previewFiles.ts';

const file = {
  path: 'a',
  kind: 'changed',
  conflict: false,
  damaged: false,
  added: 1,
  removed: 2,
  laterEdits: false,
  otherNames: false,
} as const;
const line = () => Promise.resolve(40);

describe('preview of a roll back', () => {
  it('says what becomes of each file', async () => {
    const kinds = ['deleted', 'restored', 'changed', 'renamed'] as const;
    const shown = await previewFiles(
      kinds.map((kind) => ({ ...file, kind })),
      ['dist/x.js'],
      line,
    );
    assert.deepEqual(
      shown.map(({ kind }) => kind),
      ['deleted', 'recreated', 'restored', 'renamed', 'unchanged'],
    );
  });

  it('names the line of an edit that stays or stands in the way, where it is known', async () => {
    const [stays] = await previewFiles([{ ...file, laterEdits: true }], [], line);
    assert.deepEqual(stays, { path: 'a', kind: 'restored', added: 1, removed: 2, keepsLine: 40 });
    const [clash] = await previewFiles([{ ...file, laterEdits: true, conflict: true }], [], line);
    assert.equal(clash?.conflictLine, 40);
    const [unknown] = await previewFiles([{ ...file, laterEdits: true }], [], () => Promise.resolve(null));
    assert.equal(unknown && 'keepsLine' in unknown, false);
  });

  it('says of a file with several names that the others keep what they show', async () => {
    const [linked] = await previewFiles([{ ...file, otherNames: true }], [], line);
    assert.deepEqual(linked, { path: 'a', kind: 'restored', added: 1, removed: 2, otherNames: true });
  });

  it('leaves a damaged file as it is, and says so', async () => {
    const [damaged] = await previewFiles([{ ...file, damaged: true }], [], line);
    assert.deepEqual(damaged, { path: 'a', kind: 'damaged', added: 0, removed: 0 });
  });
});

describe('texts that generations left', () => {
  it('finds the first line that differs', () => {
    const texts = new LeftTexts();
    texts.remember('w', 'a', 'one\ntwo\nthree');
    assert.equal(texts.editedLine('w', 'a', 'one\n2\nthree'), 2);
    assert.equal(texts.editedLine('w', 'a', 'one\ntwo\nthree'), null);
    assert.equal(texts.editedLine('w', 'b', 'x'), null);
  });

  it('are followed where something of them is taken back, beside what the person edited and over it', () => {
    const texts = new LeftTexts();
    texts.remember('w', 'a', 'ONE\ntwo\nthree\nfour\n');
    texts.follow('w', 'a', { from: 'ONE\ntwo\nthree\nFOUR\n', to: 'one\ntwo\nthree\nFOUR\n' });
    assert.equal(texts.editedLine('w', 'a', 'one\ntwo\nthree\nFOUR\n'), 4);
    texts.follow('w', 'a', { from: 'one\ntwo\nthree\nFOUR\n', to: 'one\ntwo\nthree\n4\n' });
    assert.equal(texts.editedLine('w', 'a', 'one\ntwo\nthree\n4\n'), null);
  });

  it('are as they were once a file that was taken back is there again', () => {
    const texts = new LeftTexts();
    texts.remember('w', 'a', 'one\n');
    texts.follow('w', 'a', { from: 'one\nmine\n', to: null });
    texts.follow('w', 'a', { from: null, to: 'one\nmine\n' });
    assert.equal(texts.editedLine('w', 'a', 'one\nmine\n'), 2);
    texts.follow('w', 'b', { from: 'x', to: 'y' });
    assert.equal(texts.has('w', 'b'), false);
  });
});
