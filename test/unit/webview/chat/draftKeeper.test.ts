import assert from 'node:assert/strict';
import { Delay } from '../../../../webview/chat/delay.ts';
import { DraftKeeper } from '../../../../webview/chat/draftKeeper.ts';
import { ManualTimer } from '../../../support/manualTimer.ts';

describe('keeping the draft', () => {
  /** A page on the editor's state `kept`; `saves` is what the extension was given. */
  function page(kept: { state: unknown } = { state: undefined }, save = (): Promise<void> => Promise.resolve()) {
    const timer = new ManualTimer();
    const saves: string[] = [];
    const keeper = new DraftKeeper(new Delay(timer.set), {
      read: () => kept.state,
      keep: (state) => (kept.state = state),
      save: (text) => {
        saves.push(text);
        return save();
      },
    });
    return { keeper, timer, saves, kept };
  }

  it('saves the latest text once typing pauses, and at once when the page goes', () => {
    const { keeper, timer, saves } = page();
    keeper.open('');
    keeper.type('a');
    timer.pass(300);
    keeper.type('ab');
    timer.pass(300);
    assert.deepEqual(saves, []);
    timer.pass(200);
    assert.deepEqual(saves, ['ab']);
    keeper.type('abc');
    keeper.flush();
    keeper.flush();
    assert.deepEqual(saves, ['ab', 'abc']);
  });

  it('comes back after a reload with what was typed, saved or not', () => {
    const kept = { state: undefined };
    const first = page(kept);
    first.keeper.open('');
    first.keeper.type('half a thought');
    const second = page(kept);
    assert.equal(second.keeper.open(''), 'half a thought');
    second.timer.pass(500);
    assert.deepEqual(second.saves, ['half a thought']);
  });

  it('comes back with the extension’s draft where that is another one', () => {
    const kept = { state: undefined };
    const first = page(kept);
    first.keeper.open('');
    first.keeper.type('old');
    assert.equal(page(kept).keeper.open('put back'), 'put back');
    assert.equal(page({ state: 'garbage' }).keeper.open('told'), 'told');
  });

  it('keeps a text whose save was lost', async () => {
    const kept = { state: undefined };
    const first = page(kept, () => Promise.reject(new Error('lost')));
    first.keeper.open('');
    first.keeper.type('unsaved');
    first.keeper.flush();
    await Promise.resolve();
    assert.equal(page(kept).keeper.open(''), 'unsaved');
  });

  it('takes no echo of its own saves for news', () => {
    const { keeper } = page();
    keeper.open('');
    keeper.type('a');
    keeper.flush();
    keeper.type('ab');
    keeper.flush();
    assert.equal(keeper.hear('a'), null);
    assert.equal(keeper.hear('ab'), null);
    keeper.type('abc');
    assert.equal(keeper.hear('ab'), null);
  });

  it('takes a prompt that is put back after it was sent', () => {
    const { keeper, saves } = page();
    keeper.open('');
    keeper.type('create a table');
    keeper.flush();
    keeper.clear();
    assert.deepEqual(saves, ['create a table', '']);
    assert.equal(keeper.hear(''), null);
    assert.equal(keeper.hear('create a table'), 'create a table');
  });

  it('takes the empty draft of a new chat', async () => {
    const { keeper } = page();
    keeper.open('');
    keeper.type('typed');
    keeper.flush();
    await Promise.resolve();
    assert.equal(keeper.hear(''), '');
  });
});
