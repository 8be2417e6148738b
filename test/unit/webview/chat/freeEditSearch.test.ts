import assert from 'node:assert/strict';
import { millitokens } from '../../../../src/core/tokens.ts';
import type { FreeEditOffer } from '../../../../src/protocol/chat.ts';
import { Delay } from '../../../../webview/chat/delay.ts';
import { FreeEditSearch } from '../../../../webview/chat/freeEditSearch.ts';
import { ManualTimer } from '../../../support/manualTimer.ts';

describe('looking for a free edit', () => {
  const edit: FreeEditOffer = { kind: 'edit', places: [{ path: 'a.css', line: 1 }], saves: millitokens(500) };

  function search(plan: (text: string) => Promise<FreeEditOffer>) {
    const timer = new ManualTimer();
    const asked: string[] = [];
    const found: (string | null)[] = [];
    const it = new FreeEditSearch(new Delay(timer.set), (text) => {
      asked.push(text);
      return plan(text);
    });
    it.listen((offer) => found.push(offer === null ? null : offer.kind));
    return { it, timer, asked, found };
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('asks once typing has stopped for 600 ms', async () => {
    const { it, timer, asked, found } = search(() => Promise.resolve(edit));
    it.update('make it');
    timer.pass(500);
    it.update('make it blue');
    it.update('make it blue');
    timer.pass(599);
    assert.deepEqual(asked, []);
    timer.pass(1);
    await settled();
    assert.deepEqual(asked, ['make it blue']);
    assert.deepEqual(found, [null, null, 'edit']);
  });

  it('drops an answer for a text that has changed since, and takes an offer back at once', async () => {
    let answer: (offer: FreeEditOffer) => void = () => undefined;
    const { it, timer, found } = search(() => new Promise((resolve) => (answer = resolve)));
    it.update('blue');
    timer.pass(600);
    it.update('blue?');
    answer(edit);
    await settled();
    assert.deepEqual(found, [null, null]);
  });

  it('shows nothing for no offer or a failed search, and asks nothing for an empty or very long text', async () => {
    const { it, timer, asked, found } = search((text) =>
      text === 'fails' ? Promise.reject(new Error('fault')) : Promise.resolve({ kind: 'none' }),
    );
    for (const text of ['fails', 'other', ' ', 'x'.repeat(2_001)]) {
      it.update(text);
      timer.pass(600);
      await settled();
    }
    assert.deepEqual(asked, ['fails', 'other']);
    assert.ok(found.every((each) => each === null));
  });
});
