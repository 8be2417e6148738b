import assert from 'node:assert/strict';
import { pathMatches } from '../../../src/core/pathMatches.ts';

const PATHS = ['README.md', 'src/app.ts', 'src/chat/', 'src/chat/chatRoom.ts', 'src/snap/apples.ts', 'webview/map.ts'];

describe('paths that a person can mean', () => {
  const found = (query: string, most = 10) => pathMatches(PATHS, query, most);

  it('puts names that begin with it first, then names that have it, then paths', () => {
    assert.deepEqual(found('ap'), ['src/app.ts', 'src/snap/apples.ts', 'webview/map.ts']);
    assert.deepEqual(found('chat'), ['src/chat/', 'src/chat/chatRoom.ts']);
    assert.deepEqual(found('src/snap'), ['src/snap/apples.ts']);
  });

  it('finds letters in their order, in any case, and nothing else', () => {
    assert.deepEqual(found('CRts'), ['src/chat/chatRoom.ts']);
    assert.deepEqual(found('zz'), []);
  });

  it('lists no more than wanted, and all without a query', () => {
    assert.deepEqual(found('', 2), ['README.md', 'src/app.ts']);
    assert.equal(found('s', 3).length, 3);
  });
});
