import assert from 'node:assert/strict';
import { AccountState } from '../../../../src/extension/backend/accountState.ts';
import { MemoryMemento } from '../../../support/memoryMemento.ts';

describe('what is remembered of one account', () => {
  it('is not another’s, also not in its folders', async () => {
    const all = new MemoryMemento();
    const here = new AccountState('', all);
    const server = new AccountState('@server', all);
    await here.update('savings', 1);
    await server.update('savings', 2);
    const other = new AccountState('@other', all);
    assert.deepEqual([here.get('savings'), server.get('savings'), other.get('savings', 0)], [1, 2, 0]);
    assert.deepEqual([here.named('chat'), server.named('chat')], ['chat', 'chat@server']);
  });
});
