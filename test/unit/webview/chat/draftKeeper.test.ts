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
    keeper.open('');
    keeper.type('a');
    keeper.type('ab');
    keeper.flush();
    assert.deepEqual(saves, ['a', 'ab']);
  });

  it('saves a long draft when the one before it was taken, and at once when the page goes', async () => {
    const taken = Promise.withResolvers<undefined>();
    const { keeper, saves } = page(undefined, () => taken.promise);
    const long = 'x'.repeat(80_000);
    keeper.open('');
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
    keeper.open('');
    keeper.type(long);
    keeper.type(`${long}!`);
    assert.deepEqual(saves, [long]);
    keeper.flush();
    keeper.flush();
    assert.deepEqual(saves, [long, `${long}!`]);
  });

  it('takes no echo for news however far behind it is', async () => {
    const taken = Promise.withResolvers<undefined>();
    const { keeper } = page(undefined, () => taken.promise);
    keeper.open('');
    const typed = 'A whole sentence, typed faster than anybody can.';
    for (let end = 1; end <= typed.length; end += 1) keeper.type(typed.slice(0, end));
    for (let end = 1; end <= typed.length; end += 1) assert.equal(keeper.hear(typed.slice(0, end)), null);
    taken.resolve(undefined);
    await settled();
    assert.equal(keeper.hear(typed), null);
    assert.equal(keeper.hear('put back'), 'put back');
  });

  it('comes back after a reload with what was typed, saved or not', () => {
    const kept = { state: undefined };
    const first = page(kept);
    first.keeper.open('');
    first.keeper.type('half a thought');
    const second = page(kept);
    assert.equal(second.keeper.open(''), 'half a thought');
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

  it('keeps what the person types while something else was told: it goes after that', async () => {
    const { keeper, saves } = page();
    keeper.open('');
    keeper.type('typed');
    assert.equal(keeper.hear('put back'), null);
    await settled();
    assert.deepEqual(saves, ['typed']);
    assert.equal(keeper.hear('typed'), null);
  });

  it('takes a prompt that is put back after it was sent, and saves nothing over it', async () => {
    const { keeper, saves } = page();
    keeper.open('');
    keeper.type('create a table');
    await settled();
    assert.equal(keeper.taken('create a table'), '');
    assert.equal(keeper.hear(''), null);
    assert.equal(keeper.hear('create a table'), 'create a table');
    assert.deepEqual(saves, ['create a table']);
  });

  it('keeps what the extension puts in the place of what was sent, told before or after it says so', async () => {
    const { keeper, saves } = page();
    keeper.open('');
    keeper.type('sent');
    await settled();
    assert.equal(keeper.hear('what waited'), 'what waited');
    assert.equal(keeper.taken('sent'), 'what waited');
    keeper.type('sent again');
    await settled();
    assert.equal(keeper.taken('sent again'), '');
    assert.equal(keeper.hear('what waited'), 'what waited');
    assert.deepEqual(saves, ['sent', 'sent again']);
  });

  it('empties both where the draft asked for something that the extension does not take out of it', async () => {
    const { keeper, saves } = page();
    keeper.open('');
    keeper.type('/rollback');
    await settled();
    keeper.clear();
    assert.equal(keeper.hear('/rollback'), null);
    await settled();
    assert.equal(keeper.hear(''), null);
    assert.deepEqual(saves, ['/rollback', '']);
  });

  it('takes the draft of another chat, also none', async () => {
    const { keeper } = page();
    keeper.open('');
    keeper.type('typed');
    await settled();
    assert.equal(keeper.hear(''), '');
    assert.equal(keeper.hear('typed'), 'typed');
  });

  it('keeps the keys that were pressed while a new chat took the draft along', async () => {
    const { keeper, saves } = page();
    keeper.open('');
    keeper.type('go');
    await settled();
    keeper.type('goe');
    assert.equal(keeper.hear('go'), null);
    await settled();
    assert.equal(keeper.hear('goe'), null);
    assert.deepEqual(saves, ['go', 'goe']);
  });
});

/** What was saved has been taken. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
