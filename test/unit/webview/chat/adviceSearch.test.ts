import assert from 'node:assert/strict';
import { millitokens } from '../../../../src/core/tokens.ts';
import type { FreeEditOffer } from '../../../../src/protocol/freeEdit.ts';
import { AdviceSearch } from '../../../../webview/chat/adviceSearch.ts';
import { Delay } from '../../../../webview/chat/delay.ts';
import type { ShownAdvice } from '../../../../webview/chat/shownAdvice.ts';
import { ManualTimer } from '../../../support/manualTimer.ts';

describe('looking for advice', () => {
  const edit: FreeEditOffer = { kind: 'edit', places: [{ path: 'a.css', line: 1 }], saves: millitokens(500) };
  const low: ShownAdvice = { kind: 'low-balance', leaves: millitokens(1_000) };

  function search(plan: (text: string) => Promise<FreeEditOffer>) {
    const timer = new ManualTimer();
    const asked: string[] = [];
    const found: string[] = [];
    const asking = (text: string): Promise<FreeEditOffer> => {
      asked.push(text);
      return plan(text);
    };
    const it = new AdviceSearch(new Delay(timer.set), asking, (text, offer) => {
      const free: ShownAdvice[] = offer === null ? [] : [{ kind: 'edit-for-free', saves: offer.saves, offer }];
      return Promise.resolve(text.startsWith('make') ? [...free, low] : []);
    });
    it.listen((advice) => found.push(advice.map(({ kind }) => kind).join(' ')));
    return { it, timer, asked, found };
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('asks once typing has stopped for 600 ms, and judges the draft with the answer', async () => {
    const { it, timer, asked, found } = search(() => Promise.resolve(edit));
    it.update('make it', true);
    timer.pass(500);
    it.update('make it blue', true);
    it.update('make it blue', true);
    timer.pass(599);
    assert.deepEqual(asked, []);
    timer.pass(1);
    await settled();
    assert.deepEqual(asked, ['make it blue']);
    assert.deepEqual(found, ['', '', 'edit-for-free low-balance']);
  });

  it('drops an answer for a text that has changed since, and takes advice back at once', async () => {
    let answer: (offer: FreeEditOffer) => void = () => undefined;
    const { it, timer, found } = search(() => new Promise((resolve) => (answer = resolve)));
    it.update('make it blue', true);
    timer.pass(600);
    it.update('make it blue?', true);
    answer(edit);
    await settled();
    assert.deepEqual(found, ['', '']);
  });

  it('gives the other advice where there is no offer, and asks for none where none is wanted', async () => {
    const { it, timer, asked, found } = search((text) =>
      text === 'make fails' ? Promise.reject(new Error('fault')) : Promise.resolve({ kind: 'none' }),
    );
    for (const [text, offersFree] of [
      ['make fails', true],
      ['make other', true],
      ['make unwanted', false],
      [`make ${'x'.repeat(2_000)}`, true],
    ] as const) {
      it.update(text, offersFree);
      timer.pass(600);
      await settled();
    }
    assert.deepEqual(asked, ['make fails', 'make other']);
    assert.deepEqual(
      found.filter((each) => each !== ''),
      Array.from({ length: 4 }, () => 'low-balance'),
    );
    it.update(' ', true);
    timer.pass(600);
    await settled();
    assert.equal(asked.length, 2);
  });

  it('keeps what is left of taken advice for as long as the draft begins as it did', async () => {
    const { it, timer, found } = search(() => Promise.resolve({ kind: 'none' }));
    it.update('make a table', true);
    timer.pass(600);
    await settled();
    it.keep('make a table', [low]);
    it.update('make a table with columns: ', true);
    it.update('make a table with columns: a', true);
    timer.pass(600);
    await settled();
    assert.deepEqual(found, ['', 'low-balance', 'low-balance']);
    it.update('make it', true);
    assert.equal(found.at(-1), '');
  });
});
