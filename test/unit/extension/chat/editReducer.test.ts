import assert from 'node:assert/strict';
import { chatReducer, type ChatAction } from '../../../../src/extension/chat/chatReducer.ts';
import { newChatState, type ChatState } from '../../../../src/extension/chat/chatState.ts';
import { answerTo, beforeEdit, shownEdit } from '../../../../src/extension/chat/editReducer.ts';
import { answer, prompt } from '../../../support/chatSnapshots.ts';

const changed = (path: string) => ({ path, kind: 'edited' as const, added: 1, removed: 1 });

describe('an earlier message that is edited', () => {
  let state: ChatState;
  const does = (...actions: ChatAction[]) => {
    for (const action of actions) state = chatReducer(state, action);
  };

  beforeEach(() => {
    const fresh = newChatState('s', 'agent');
    const messages = [
      prompt('u1', 'First'),
      answer('g1', { changes: [changed('a.js'), changed('b.js')], changesState: 'pending' }),
      { ...prompt('u2', 'Undone'), rolledBack: true },
      answer('g2', { changes: [changed('c.js')], changesState: 'rolledBack' }),
      prompt('u3', 'Third'),
      answer('g3', { changes: [changed('b.js')], changesState: 'kept' }),
    ];
    state = { ...fresh, draft: 'typed', thread: { ...fresh.thread, messages } };
  });

  it('goes into the composer, and what was typed comes back when it is left', () => {
    does({ kind: 'editing', message: 'u1' });
    assert.equal(state.draft, 'First');
    does({ kind: 'editing', message: 'u3' });
    assert.equal(state.draft, 'Third');
    does({ kind: 'editCancelled' });
    assert.deepEqual([state.draft, state.editing], ['typed', null]);
  });

  it('says what goes with it: messages and files that still stand', () => {
    does({ kind: 'editing', message: 'u1' });
    assert.deepEqual(shownEdit(state), { message: 'u1', later: 1, files: 2 });
    does({ kind: 'editing', message: 'u3' });
    assert.deepEqual(shownEdit(state), { message: 'u3', later: 0, files: 1 });
  });

  it('is priced with what was said before it alone', () => {
    does({ kind: 'editing', message: 'u3' });
    assert.deepEqual(
      beforeEdit(state).thread.messages.map(({ id }) => id),
      ['u1', 'g1', 'u2', 'g2'],
    );
    does({ kind: 'editCancelled' });
    assert.equal(beforeEdit(state), state);
  });

  it('is none that was rolled back or is not there', () => {
    does({ kind: 'editing', message: 'u2' }, { kind: 'editing', message: 'g1' }, { kind: 'editing', message: 'x' });
    assert.deepEqual([state.editing, state.draft, shownEdit(state)], [null, 'typed', null]);
  });

  it('gives the draft that waited back once it is sent', () => {
    does({ kind: 'editing', message: 'u1' });
    does({ kind: 'change', change: { draft: 'First, better' } });
    does({ kind: 'sent', message: prompt('u4', 'First, better'), generation: 'g4', composed: [] });
    assert.deepEqual([state.draft, state.editing], ['typed', null]);
  });

  it('stays in the composer when a message that waited is sent, or one is tried again', () => {
    does({ kind: 'editing', message: 'u1' });
    does({ kind: 'sent', message: prompt('u4', 'It waited'), generation: 'g4' });
    assert.deepEqual([state.draft, state.editing], ['First', { message: 'u1', draft: 'typed' }]);
  });

  it('stands in the composer in other words: a roll back to it gives no prompt back, and one of another does', () => {
    does({ kind: 'editing', message: 'u3' }, { kind: 'change', change: { draft: 'Third, better' } });
    const redo = { rollbackId: 'r', folder: 'w', generations: [], messages: ['u3'], prompt: 'Third', files: 1 };
    const states = new Map();
    const back = chatReducer(state, { kind: 'rolledBack', redo, states });
    const banner = { kind: 'rolledBack', rollbackId: 'r', files: 1, promptRestored: false };
    assert.deepEqual([back.draft, back.redo?.prompt, back.banner], ['Third, better', null, banner]);
    const said = chatReducer(state, { kind: 'rolledBack', redo: { ...redo, files: 0 }, states });
    assert.equal(said.banner, null);
    const edited = chatReducer(said, { kind: 'change', change: { banner: { kind: 'redone', files: 1 } } });
    assert.equal(chatReducer(edited, { kind: 'bannerClosed' }).banner, null, 'it does not come back either');
    const other = chatReducer(state, { kind: 'rolledBack', redo: { ...redo, messages: ['u1'] }, states });
    assert.deepEqual([other.draft, other.redo?.prompt], ['Third\n\nThird, better', 'Third']);
  });

  it('knows the answer to a message', () => {
    assert.equal(answerTo(state.thread, 'u3'), 'g3');
    assert.equal(answerTo(state.thread, 'g3'), null);
    assert.equal(answerTo(state.thread, 'x'), null);
  });
});
