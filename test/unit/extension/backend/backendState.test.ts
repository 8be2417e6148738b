import assert from 'node:assert/strict';
import { BackendState } from '../../../../src/extension/backend/backendState.ts';
import { MemoryMemento } from '../../../support/memoryMemento.ts';

describe('what is remembered of one backend', () => {
  it('is not another’s, also not in its folders', async () => {
    const all = new MemoryMemento();
    const here = new BackendState('', all);
    const server = new BackendState('https://tokens.example.com/', all);
    await here.update('savings', 1);
    await server.update('savings', 2);
    const other = new BackendState('https://other.example.com', all);
    assert.deepEqual([here.get('savings'), server.get('savings'), other.get('savings', 0)], [1, 2, 0]);
    assert.equal(new BackendState('https://tokens.example.com', all).get('savings'), 2);
    assert.equal(here.named('chat'), 'chat');
    assert.match(server.named('chat'), /^chat@https%3A%2F%2Ftokens\.example\.com$/);
  });
});
