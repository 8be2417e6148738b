import assert from 'node:assert/strict';
import { chatReducer, type ChatAction } from '../../../../src/extension/chat/chatReducer.ts';
import { newChatState, type ChatState } from '../../../../src/extension/chat/chatState.ts';
import { sinceSummary } from '../../../../src/extension/chat/compacted.ts';
import { prompt } from '../../../support/chatSnapshots.ts';

describe('a chat that is summarized', () => {
  let state: ChatState;
  const does = (...actions: ChatAction[]) => {
    for (const action of actions) state = chatReducer(state, action);
  };
  const asks = (id: string): ChatAction => ({ kind: 'sent', message: prompt(id, id), generation: `g-${id}` });
  const ends = (id: string, how: 'done' | 'stopped'): ChatAction => {
    return { kind: 'ended', generation: `g-${id}`, state: how, failure: null, changes: [] };
  };
  const sent = () => sinceSummary(state).map(({ id }) => id);

  beforeEach(() => {
    state = newChatState('s', 'agent');
    does(asks('u1'), ends('u1', 'done'));
  });

  it('sends the summary in the place of what came before, once it is whole', () => {
    does({ kind: 'compacting', message: 'sum' }, asks('sum'));
    assert.deepEqual(sent(), ['u1', 'g-u1', 'sum', 'g-sum']);
    does(ends('sum', 'done'), asks('u2'));
    assert.deepEqual(sent(), ['sum', 'g-sum', 'u2', 'g-u2']);
    assert.equal(state.thread.messages.length, 6, 'all of it is still shown');
  });

  it('sends all as before when the summary was stopped, or another answer ended', () => {
    does({ kind: 'compacting', message: 'sum' }, asks('u2'), ends('u2', 'done'));
    assert.equal(sent().length, 4);
    does(asks('sum'), ends('sum', 'stopped'));
    assert.equal(sent().length, 6);
    assert.equal(state.compacting, null);
  });

  it('sends all again once the summary was rolled back', () => {
    does({ kind: 'compacting', message: 'sum' }, asks('sum'), ends('sum', 'done'));
    const redo = { rollbackId: null, folder: null, generations: [], messages: ['sum'], prompt: null, files: 0 };
    does({ kind: 'rolledBack', redo, states: new Map() });
    assert.equal(sent().length, 4);
  });
});
