import assert from 'node:assert/strict';
import { outsideNames } from '../../../../src/extension/rollback/outsideNames.ts';

describe('the names of what something else changed', () => {
  it('are files, without the folders that hold them and what version control and we keep', () => {
    const paths = [
      'dist',
      'dist/app.js',
      'b.txt',
      'a.txt',
      'b.txt',
      '.git/index',
      'sub/.git/HEAD',
      '.tokenfare/project.json',
    ];
    assert.deepEqual(outsideNames(paths), ['a.txt', 'b.txt', 'dist/app.js']);
  });

  it('are not what waits for a moment to be put in its place', () => {
    assert.deepEqual(outsideNames(['.tokenfare-38c0f802-0.tmp', 'src/.tokenfare-38c0f802-1.tmp', 'a.txt']), ['a.txt']);
  });

  it('are a folder where much of it was changed', () => {
    const built = ['dist/1', 'dist/2', 'dist/deep/3', 'dist/deep/4'];
    assert.deepEqual(outsideNames([...built, 'src/1', 'src/2', 'src/3']), ['dist/', 'src/1', 'src/2', 'src/3']);
  });

  it('are no more than one reads', () => {
    assert.equal(outsideNames(Array.from({ length: 90 }, (_, n) => `file${String(n)}`)).length, 20);
  });
});
