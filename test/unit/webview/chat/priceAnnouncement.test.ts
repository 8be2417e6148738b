import assert from 'node:assert/strict';
import type { Estimate } from '../../../../src/core/estimate.ts';
import { millitokens } from '../../../../src/core/tokens.ts';
import { Delay } from '../../../../webview/chat/delay.ts';
import { PriceAnnouncement } from '../../../../webview/chat/priceAnnouncement.ts';
import { ManualTimer } from '../../../support/manualTimer.ts';

describe('announcing the price', () => {
  const price = (low: number, high: number): Estimate => ({
    kind: 'table',
    low: millitokens(low),
    likely: millitokens(low),
    high: millitokens(high),
    stopsAt: millitokens(4_000),
    reasons: [],
  });

  function announcement() {
    const timer = new ManualTimer();
    const said: (number | null)[] = [];
    const it = new PriceAnnouncement(new Delay(timer.set));
    it.listen((told) => said.push(told === null ? null : told.high));
    return { it, timer, said };
  }

  it('says the first price a second after the last key', () => {
    const { it, timer, said } = announcement();
    it.update(price(900, 1_400));
    timer.pass(900);
    it.update(price(910, 1_410));
    timer.pass(900);
    assert.deepEqual(said, []);
    timer.pass(100);
    assert.deepEqual(said, [1_410]);
  });

  it('says another only if an end moved by over a fifth since the last one said', () => {
    const { it, timer, said } = announcement();
    for (const high of [1_000, 1_100, 1_200, 1_201]) {
      it.update(price(900, high));
      timer.pass(1_000);
    }
    assert.deepEqual(said, [1_000, 1_201]);
    it.update(price(600, 1_201));
    timer.pass(1_000);
    assert.deepEqual(said, [1_000, 1_201, 1_201]);
  });

  it('says another where the message stops sooner, as when a budget was used meanwhile', () => {
    const { it, timer, said } = announcement();
    for (const stopsAt of [4_000, 3_500, 1_000]) {
      it.update({ ...price(900, 1_000), stopsAt: millitokens(stopsAt) });
      timer.pass(1_000);
    }
    assert.equal(said.length, 2);
  });

  it('falls silent with the draft, and begins anew', () => {
    const { it, timer, said } = announcement();
    it.update(price(900, 1_400));
    timer.pass(1_000);
    it.update(null);
    it.update(null);
    it.update(price(900, 1_400));
    timer.pass(1_000);
    assert.deepEqual(said, [1_400, null, 1_400]);
  });
});
