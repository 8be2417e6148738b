import assert from 'node:assert/strict';
import { millitokens } from '../../src/core/tokens.ts';
import { LiveSpend, type Spend } from '../../src/extension/meter/liveSpend.ts';
import { accountBody } from '../support/accountBody.ts';

describe('the live spend', () => {
  let live: LiveSpend;

  beforeEach(() => (live = new LiveSpend()));
  afterEach(() => {
    live.dispose();
  });

  const spend = (generation: string, spent: number, { settled = 0, usedBefore = 1_000 } = {}): Spend => ({
    generation,
    spent: millitokens(spent),
    settled: millitokens(settled),
    stopsAt: millitokens(4_000),
    budget: null,
    usedBefore: millitokens(usedBefore),
  });

  it('is that of all that run, one that ended meanwhile included', () => {
    live.set(spend('first', 300));
    live.set(spend('second', 200));
    live.end('first', { account: null });
    assert.deepEqual([live.current?.spent, live.current?.usedBefore], [500, 1_000]);
    live.end('second', { account: null });
    assert.equal(live.current, null);
  });

  it('counts once what one that goes on beside another had been charged before', () => {
    live.set(spend('first', 0, { usedBefore: 1_700 }));
    live.set(spend('second', 700, { settled: 700 }));
    live.set(spend('second', 900, { settled: 700 }));
    assert.deepEqual([live.current?.spent, live.current?.usedBefore], [200, 1_700]);
    live.end('second', { account: null });
    live.set(spend('second', 1_000, { settled: 1_000 }));
    assert.deepEqual([live.current?.spent, live.current?.usedBefore], [300, 1_700]);
  });

  describe('sets aside', () => {
    const account = (used: number, held: number) => {
      const { balance, ...rest } = accountBody();
      return { ...rest, balance: { ...balance, used: millitokens(used), held: millitokens(held) } };
    };

    it('what the account holds for others than these, as much as these cannot account for', () => {
      assert.equal(live.setAside(account(1_000, 2_500), ''), 2_500);
      live.set(spend('first', 0));
      live.set(spend('second', 0));
      assert.equal(live.setAside(account(1_000, 6_500), 'second'), 4_000);
      assert.equal(live.setAside(account(1_000, 9_500), 'second'), 5_500);
    });

    it('what is still to come once a call was charged, and counts that once it is heard of', () => {
      live.set(spend('first', 600, { settled: 600 }));
      assert.equal(live.setAside(account(1_000, 4_000), ''), 4_000);
      assert.equal(live.setAside(account(1_600, 3_400), ''), 3_400);
      assert.equal(live.setAside(account(1_600, 3_400), 'first'), 0);
    });

    it('for one that ended what it was charged, until the account is heard of', () => {
      const before = account(1_000, 4_000);
      live.set(spend('first', 900));
      live.end('first', { charged: millitokens(700), account: before });
      assert.equal(live.setAside(before, ''), 700);
      assert.equal(live.setAside(account(1_700, 0), ''), 0);
      assert.equal(live.setAside(account(1_000, 300), ''), 300, 'what comes later is news, whatever it tells');
    });

    it('nothing for one whose charge was heard of before it ended', () => {
      const after = account(1_700, 300);
      live.set(spend('first', 900));
      live.end('first', { charged: millitokens(700), account: after });
      assert.equal(live.setAside(after, ''), 300);
    });
  });
});
