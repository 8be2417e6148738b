import assert from 'node:assert/strict';
import { millitokens } from '../../../../src/core/tokens.ts';
import { usageBars, type UsageBar } from '../../../../webview/account/usageBars.ts';
import { receiptOf } from '../../../support/accountScenes.ts';

const range = { from: new Date(2026, 9, 24, 15), to: new Date(2026, 9, 27, 9) };
const names = { projects: { p1: 'shop' }, receipts: [receiptOf(2), receiptOf(1)] };
const series = (...each: [string, number][]) =>
  each.map(([key, charged]) => ({ key, charged: millitokens(charged), generations: 1 }));
const charges = (bars: readonly UsageBar[]): number[] => bars.map(({ charged }) => charged);

describe('the bars of the usage chart', () => {
  it('have a day for each day, also where nothing was used and where the clocks change', () => {
    const bars = usageBars('day', series(['2026-10-26', 500]), range, names);
    assert.deepEqual(charges(bars), [0, 0, 500, 0]);
    assert.equal(new Set(bars.map(({ label }) => label)).size, 4);
  });

  it('are sorted by what was charged where they are no days, and called by their names', () => {
    const bars = usageBars('project', series(['p2', 100], ['p1', 900], ['', 50]), range, names);
    assert.deepEqual(charges(bars), [900, 100, 50]);
    assert.deepEqual(
      bars.map(({ label }) => label),
      ['shop', 'p2', 'Other'],
    );
  });

  it('call a chat by when its first message was sent, as far as that is known', () => {
    const [known, earlier] = usageBars('session', series(['s1', 9], ['s0', 5]), range, names);
    assert.match(known?.label ?? '', /^Chat of 20 Nov|^Chat of Nov 20/);
    assert.equal(earlier?.label, 'An earlier chat');
  });
});
