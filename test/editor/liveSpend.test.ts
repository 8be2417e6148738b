import assert from 'node:assert/strict';
import { millitokens } from '../../src/core/tokens.ts';
import { LiveSpend, type Spend } from '../../src/extension/meter/liveSpend.ts';

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
    live.end('first');
    assert.deepEqual([live.current?.spent, live.current?.usedBefore], [500, 1_000]);
    live.end('second');
    assert.equal(live.current, null);
  });

  it('counts once what one that goes on beside another had been charged before', () => {
    live.set(spend('first', 0, { usedBefore: 1_700 }));
    live.set(spend('second', 700, { settled: 700 }));
    live.set(spend('second', 900, { settled: 700 }));
    assert.deepEqual([live.current?.spent, live.current?.usedBefore], [200, 1_700]);
    live.end('second');
    live.set(spend('second', 1_000, { settled: 1_000 }));
    assert.deepEqual([live.current?.spent, live.current?.usedBefore], [300, 1_700]);
  });
});
