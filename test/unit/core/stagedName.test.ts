import assert from 'node:assert/strict';
import { isStaged, stagedName } from '../../../src/core/stagedName.ts';

describe('the name of a content that waits', () => {
  it('is known again in any folder, and no file of a person is taken for it', () => {
    assert.ok(isStaged(stagedName('38c0f802', 0)) && isStaged(`src/a/${stagedName('38c0f802', 12)}`));
    for (const path of ['.tokenfare', '.tokenfare-notes.tmp.md', 'a.tmp', '.tokenfare-x-1.tmp/a']) {
      assert.equal(isStaged(path), false, path);
    }
  });
});
