import assert from 'node:assert/strict';
import { KnownAccounts } from '../../../../src/extension/backend/knownAccounts.ts';
import { MemoryMemento } from '../../../support/memoryMemento.ts';

const server = 'https://tokens.example.com';
const placeOf = (accounts: KnownAccounts): string => accounts.current.named('chat');

describe('the accounts that were signed in here', () => {
  let all: MemoryMemento;
  beforeEach(() => {
    all = new MemoryMemento();
  });

  it('leave to the first what was begun before anybody had signed in', () => {
    const accounts = new KnownAccounts(`${server}/`, all);
    const before = placeOf(accounts);
    assert.match(before, /^chat@https%3A%2F%2Ftokens\.example\.com$/);
    assert.equal(accounts.use('ann'), false);
    assert.equal(placeOf(accounts), before);
  });

  it('have chats, receipts and savings of their own, also at one address', async () => {
    const accounts = new KnownAccounts(server, all);
    accounts.use('ann');
    const ann = accounts.current;
    await ann.update('savings', 1);
    assert.equal(accounts.use('bob/1'), true);
    const bob = accounts.current;
    assert.equal(bob.get('savings', 0), 0);
    assert.match(bob.named('chat'), /\+bob%2F1$/);
    assert.equal(accounts.use('bob/1'), false);
    assert.equal(accounts.use('ann'), true);
    assert.deepEqual([placeOf(accounts), accounts.current.get('savings')], [ann.named('chat'), 1]);
  });

  it('are remembered: the last one’s chats are shown before the server has answered, or while it is away', () => {
    const accounts = new KnownAccounts(server, all);
    for (const account of ['ann', 'bob']) accounts.use(account);
    const next = new KnownAccounts(server, all);
    assert.equal(placeOf(next), placeOf(accounts));
    assert.deepEqual([next.use('bob'), next.use('ann')], [false, true]);
    assert.notEqual(placeOf(new KnownAccounts('https://other.example.com', all)), placeOf(next));
  });

  it('are one on this machine, whatever its id', () => {
    const accounts = new KnownAccounts('', all);
    assert.deepEqual([accounts.use('local'), accounts.use('other'), placeOf(accounts)], [false, false, 'chat']);
  });
});
