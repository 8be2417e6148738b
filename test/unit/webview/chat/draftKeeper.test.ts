import assert from 'node:assert/strict';
import { DraftKeeper } from '../../../../webview/chat/draftKeeper.ts';

describe('keeping the draft', () => {
  /** A page on the editor's state `kept`; `saves` is what the extension was given. */
  function page(kept: { state: unknown } = { state: undefined }, save = (): Promise<unknown> => Promise.resolve()) {
    const saves: string[] = [];
    const keeper = new DraftKeeper({
      read: () => kept.state,
      keep: (state) => (kept.state = state),
      save: (text) => {
        saves.push(text);
        return save();
      },
    });
    return { keeper, saves, kept };
  }

  it('saves at every key', () => {
    const { keeper, saves } = page();
    keeper.open(told(''));
    keeper.type('a');
    keeper.type('ab');
    keeper.flush();
    assert.deepEqual(saves, ['a', 'ab']);
  });

  it('saves a long draft when the one before it was taken, and at once when the page goes', async () => {
    const taken = Promise.withResolvers<undefined>();
    const { keeper, saves } = page(undefined, () => taken.promise);
    const long = 'x'.repeat(80_000);
    keeper.open(told(''));
    keeper.type(long);
    keeper.type(`${long}y`);
    keeper.type(`${long}yz`);
    assert.deepEqual(saves, [long]);
    taken.resolve(undefined);
    await settled();
    assert.deepEqual(saves, [long, `${long}yz`]);
    keeper.type(`${long}!`);
    keeper.flush();
    keeper.flush();
    assert.deepEqual(saves, [long, `${long}yz`, `${long}!`]);
  });

  it('saves what still waits when the page goes, once', () => {
    const { keeper, saves } = page(undefined, () => new Promise(() => undefined));
    const long = 'x'.repeat(80_000);
    keeper.open(told(''));
    keeper.type(long);
    keeper.type(`${long}!`);
    assert.deepEqual(saves, [long]);
    keeper.flush();
    keeper.flush();
    assert.deepEqual(saves, [long, `${long}!`]);
  });

  it('takes no echo for news however far behind it is', async () => {
    const { keeper } = page();
    keeper.open(told(''));
    const typed = 'A whole sentence, typed faster than anybody can.';
    for (let end = 1; end <= typed.length; end += 1) keeper.type(typed.slice(0, end));
    await settled();
    for (let end = 1; end <= typed.length; end += 1) assert.equal(keeper.hear(told(typed.slice(0, end))), null);
  });

  it('comes back after a reload with what was typed, saved or not', () => {
    const kept = { state: undefined };
    const first = page(kept);
    first.keeper.open(told(''));
    first.keeper.type('half a thought');
    const second = page(kept);
    assert.equal(second.keeper.open(told('')), 'half a thought');
    assert.deepEqual(second.saves, ['half a thought']);
  });

  it('comes back with the extension’s draft where that is another one', () => {
    const kept = { state: undefined };
    const first = page(kept);
    first.keeper.open(told(''));
    first.keeper.type('old');
    assert.equal(page(kept).keeper.open(told('put back')), 'put back');
    assert.equal(page({ state: 'garbage' }).keeper.open(told('told')), 'told');
  });

  it('keeps a text whose save was lost', async () => {
    const kept = { state: undefined };
    const first = page(kept, () => Promise.reject(new Error('lost')));
    first.keeper.open(told(''));
    first.keeper.type('unsaved');
    first.keeper.flush();
    await Promise.resolve();
    assert.equal(page(kept).keeper.open(told('')), 'unsaved');
  });

  it('takes no echo of its own saves for news', () => {
    const { keeper } = page();
    keeper.open(told(''));
    keeper.type('a');
    keeper.flush();
    keeper.type('ab');
    keeper.flush();
    assert.equal(keeper.hear(told('a')), null);
    assert.equal(keeper.hear(told('ab')), null);
    keeper.type('abc');
    assert.equal(keeper.hear(told('ab')), null);
  });

  it('takes a prompt that is put back after it was sent', () => {
    const { keeper, saves } = page();
    keeper.open(told(''));
    keeper.type('create a table');
    keeper.flush();
    keeper.clear();
    assert.deepEqual(saves, ['create a table', '']);
    assert.equal(keeper.hear(told('')), null);
    assert.equal(keeper.hear(told('create a table')), 'create a table');
  });

  it('takes the empty draft of a new chat', async () => {
    const { keeper } = page();
    keeper.open(told(''));
    keeper.type('typed');
    keeper.flush();
    await Promise.resolve();
    assert.equal(keeper.hear(told('')), '');
  });

  it('leaves its text in the chat that is left, also just after the box was emptied', () => {
    const { keeper } = page();
    keeper.open(told(''));
    keeper.type('a');
    keeper.type('');
    keeper.type('meant for this chat');
    assert.equal(keeper.hear(told('')), null);
    assert.equal(keeper.hear(told('', 's2')), '');
    assert.equal(keeper.hear(told('meant for this chat')), 'meant for this chat');
  });

  it('takes along what goes into a new chat, and the keys that were pressed meanwhile', () => {
    const { keeper } = page();
    keeper.open(told(''));
    keeper.type('go');
    keeper.type('goe');
    assert.equal(keeper.hear(told('go', 's2')), null);
  });
});

function told(draft: string, session = 's1') {
  return { session, draft };
}

/** What was saved has been taken. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
