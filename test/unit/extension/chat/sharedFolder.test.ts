import assert from 'node:assert/strict';
import { sharedFolder } from '../../../../src/extension/chat/sharedFolder.ts';

describe('the folder that all windows on a workspace share', () => {
  it('is the first window’s, whichever number VS Code gave to this one', () => {
    const first = '/data/User/workspaceStorage/713e77f6/tokenfare.tokenfare';
    assert.equal(sharedFolder(first), first);
    for (const number of [1, 9]) {
      assert.equal(sharedFolder(first.replace('77f6/', `77f6-${String(number)}/`)), first);
    }
  });

  it('is never another workspace’s', () => {
    for (const name of ['-5', '-1a2b3c', '1700000000000', 'a-12', 'ext-dev', 'a-0']) {
      const own = `/data-1/workspaceStorage/${name}/tokenfare.tokenfare-1`;
      assert.equal(sharedFolder(own), own);
    }
  });
});
