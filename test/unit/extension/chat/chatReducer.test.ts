import assert from 'node:assert/strict';
import { millitokens } from '../../../../src/core/tokens.ts';
import { chatReducer, type ChatAction } from '../../../../src/extension/chat/chatReducer.ts';
import { newChatState, type ChatState } from '../../../../src/extension/chat/chatState.ts';
import type { AssistantMessage, UserMessage } from '../../../../src/extension/chat/chatReducer.ts';
import type { Failure } from '../../../../src/protocol/chat.ts';
import { leftBehind } from '../../../../src/extension/chat/sessionReducer.ts';
import { attached } from '../../../support/chatSnapshots.ts';

const at = '2026-11-01T10:00:00.000Z';
const user = (id: string, text: string): UserMessage => ({
  role: 'user',
  id,
  text,
  at,
  attachments: [],
  rolledBack: false,
});

function after(...actions: ChatAction[]): ChatState {
  return actions.reduce(chatReducer, newChatState('s1', 'agent'));
}

function answer(state: ChatState, id = 'g1'): AssistantMessage {
  const found = state.thread.messages.find((message) => message.role === 'assistant' && message.id === id);
  assert.ok(found?.role === 'assistant');
  return found;
}

const sent: ChatAction = { kind: 'sent', message: user('u1', 'Make a table\nwith rows'), generation: 'g1' };
const change = { path: 'a.txt', kind: 'created', added: 3, removed: 0 } as const;
const ended: ChatAction = { kind: 'ended', generation: 'g1', state: 'done', failure: null, changes: [change] };

const rolledBack = {
  rollbackId: 'r1',
  folder: 'file:///w',
  generations: [],
  messages: [],
  prompt: 'Make a table',
  files: 1,
};
const marked = (state: 'rolledBack' | 'partly' | 'kept') => new Map([['g1', { state, undone: new Map() }]]);
const banner = { kind: 'rolledBack', rollbackId: 'r1', files: 1, promptRestored: true } as const;

describe('chat reducer', () => {
  it('takes a message: draft and chips go, an answer begins, the chat has a title', () => {
    const state = after({ kind: 'change', change: { draft: 'Make a table' } }, { ...sent, composed: [] });
    assert.equal(state.draft, '');
    assert.equal(state.thread.title, 'Make a table');
    assert.equal(answer(state).state, 'streaming');
    const attachments = [{ label: 'a.css', modelTokens: 1 }];
    const titleOf = (text: string) => after({ ...sent, message: { ...sent.message, text, attachments } }).thread.title;
    assert.deepEqual([titleOf('/fix'), titleOf('/fix it')], ['/fix a.css', '/fix it']);
  });

  it('appends streamed text to the last text, and starts anew after a step', () => {
    const step = { kind: 'step', id: 's', tool: 'read_file', state: 'running' } as const;
    const state = after(
      sent,
      { kind: 'text', generation: 'g1', text: 'One ' },
      { kind: 'text', generation: 'g1', text: 'two' },
      { kind: 'step', generation: 'g1', step },
      { kind: 'text', generation: 'g1', text: 'three' },
      { kind: 'step', generation: 'g1', step: { ...step, state: 'done' } },
    );
    assert.deepEqual(answer(state).parts, [
      { kind: 'text', text: 'One two' },
      { ...step, state: 'done' },
      { kind: 'text', text: 'three' },
    ]);
  });

  it('keeps messages that did not change as the same objects', () => {
    const before = after(sent);
    const now = chatReducer(before, { kind: 'text', generation: 'g1', text: 'x' });
    assert.equal(now.thread.messages[0], before.thread.messages[0]);
    assert.notEqual(now.thread.messages[1], before.thread.messages[1]);
  });

  it('holds changes open until they are kept', () => {
    const state = after(sent, ended);
    assert.equal(answer(state).changesState, 'pending');
    assert.equal(answer(chatReducer(state, { kind: 'kept', generation: 'g1' })).changesState, 'kept');
  });

  it('drops a failure when a generation goes on', () => {
    const failed = after(sent, {
      kind: 'ended',
      generation: 'g1',
      state: 'failed',
      failure: { kind: 'modelSilent', retryable: true },
      changes: [],
    });
    assert.equal(answer(failed).failure?.kind, 'modelSilent');
    const resumed = answer(chatReducer(failed, { kind: 'resumed', generation: 'g1' }));
    assert.equal(resumed.state, 'streaming');
    assert.equal('failure' in resumed, false);
  });

  it('begins a paragraph of its own after what broke off, and goes on in the same after an output limit', () => {
    const goneOn = (failure: Failure | null) => {
      const changes: never[] = [];
      const resumed = after(
        ...[sent, { kind: 'text', generation: 'g1', text: 'I am going to' } as const],
        { kind: 'ended', generation: 'g1', state: failure ? 'failed' : 'stopped', failure, changes },
        { kind: 'resumed', generation: 'g1' },
        { kind: 'text', generation: 'g1', text: 'write.' },
      );
      return answer(resumed).parts;
    };
    const brokeOff = { kind: 'modelSilent', retryable: true } as const;
    assert.deepEqual(goneOn(brokeOff), [{ kind: 'text', text: 'I am going to\n\nwrite.' }]);
    assert.deepEqual(goneOn(null), [{ kind: 'text', text: 'I am going towrite.' }]);
  });

  it('rolls back and redoes: marks, prompt, and the draft that was typed since', () => {
    const done = after(sent, ended, { kind: 'change', change: { draft: 'and then' } });
    const redo = { ...rolledBack, generations: [{ id: 'g1', changesState: 'pending' }], messages: ['u1'] };
    const states = marked('rolledBack');
    const back = chatReducer(done, { kind: 'rolledBack', redo, states });
    assert.equal(back.draft, 'Make a table\n\nand then');
    assert.equal(answer(back).changesState, 'rolledBack');
    assert.equal(back.thread.messages[0]?.role === 'user' && back.thread.messages[0].rolledBack, true);
    const again = chatReducer(back, { kind: 'redone', banner: { kind: 'redone', files: 1 }, states: marked('kept') });
    assert.equal(again.draft, 'and then');
    assert.equal(answer(again).changesState, 'pending');
    assert.equal(again.thread.messages[0]?.role === 'user' && again.thread.messages[0].rolledBack, false);
    assert.equal(again.redo, null);
  });

  it('marks each file with what became of it: kept, undone though it was kept, and kept again once that is redone', () => {
    const other = { ...change, path: 'b.txt' };
    const run = { folder: 'w', checkpoints: ['g1'], estimate: null, multiplier: 1 };
    const states = (state: ChatState) => answer(state).changes.map((file) => file.state);
    const both = after(sent, { ...ended, changes: [change, other] });
    const kept = chatReducer(both, { kind: 'run', id: 'g1', run: { ...run, kept: { 'b.txt': 'all', 'a.txt': [1] } } });
    assert.deepEqual(states(kept), [undefined, 'kept']);
    const marks = (undone: [string, 'whole' | 'partly'][]) => {
      return new Map([
        ['g1', { state: undone.length > 0 ? ('partly' as const) : ('kept' as const), undone: new Map(undone) }],
      ]);
    };
    const undone = chatReducer(kept, {
      kind: 'changesMarked',
      states: marks([
        ['b.txt', 'whole'],
        ['a.txt', 'partly'],
      ]),
    });
    assert.deepEqual([states(undone), answer(undone).changesState], [['partly', 'undone'], 'partly']);
    const again = chatReducer(undone, { kind: 'run', id: 'g1', run: { ...run, kept: { 'b.txt': 'all' } } });
    assert.deepEqual(states(again), ['partly', 'undone']);
    assert.deepEqual(states(chatReducer(undone, { kind: 'changesMarked', states: marks([]) })), [undefined, 'kept']);
  });

  it('remembers of a file that some of it is undone, also where the rest is kept, until that is redone', () => {
    const run = { folder: 'w', checkpoints: ['g1'], estimate: null, multiplier: 1 };
    const files = (state: ChatState) => answer(state).changes.map(({ state: of, partlyUndone }) => [of, partlyUndone]);
    const marks = (undone: [string, 'partly'][]) =>
      new Map([
        ['g1', { state: undone.length > 0 ? ('partly' as const) : ('kept' as const), undone: new Map(undone) }],
      ]);
    const undone = after(
      sent,
      { ...ended, changes: [change] },
      { kind: 'run', id: 'g1', run },
      { kind: 'changesMarked', states: marks([['a.txt', 'partly']]) },
    );
    assert.deepEqual(files(undone), [['partly', true]]);
    const kept = chatReducer(undone, { kind: 'kept', generation: 'g1' });
    assert.deepEqual([files(kept), answer(kept).changesState], [[['kept', true]], 'kept']);
    const redone = chatReducer(kept, { kind: 'changesMarked', states: marks([]) });
    assert.deepEqual([files(redone), answer(redone).changesState], [[['kept', undefined]], 'kept']);
  });

  it('marks changes as the store says: in part, and kept again if they were', () => {
    const kept = after(sent, ended, { kind: 'kept', generation: 'g1' });
    const partly = chatReducer(kept, { kind: 'changesMarked', states: marked('partly') });
    assert.equal(answer(partly).changesState, 'partly');
    const redo = { ...rolledBack, generations: [{ id: 'g1', changesState: 'kept' }] };
    const back = chatReducer(kept, { kind: 'rolledBack', redo, states: marked('rolledBack') });
    const again = chatReducer(back, { kind: 'redone', banner, states: marked('kept') });
    assert.equal(answer(again).changesState, 'kept');
  });

  it('shows the banner of a roll back until it is dismissed, whatever comes between', () => {
    const back = after(sent, ended, { kind: 'rolledBack', redo: rolledBack, states: new Map() });
    const later = { ...sent, message: { ...sent.message, id: 'u2' }, generation: 'g2' };
    assert.deepEqual(chatReducer(back, later).banner, banner);
    const problem = { kind: 'problem', message: 'No.', showLog: true } as const;
    const disturbed = chatReducer(back, { kind: 'change', change: { banner: problem } });
    assert.deepEqual(chatReducer(disturbed, later).banner, banner);
    assert.deepEqual(chatReducer(disturbed, { kind: 'bannerClosed' }).banner, banner);
    const dismissed = chatReducer(back, { kind: 'bannerClosed' });
    assert.equal(dismissed.banner, null);
    assert.equal(chatReducer(dismissed, later).banner, null);
    assert.notEqual(dismissed.redo, null);
  });

  it('puts a new answer in the place of the one that is tried again', () => {
    const state = after(sent, { kind: 'retried', generation: 'g1', next: 'g2', at });
    assert.deepEqual(
      state.thread.messages.map(({ id }) => id),
      ['u1', 'g2'],
    );
    assert.equal(answer(state, 'g2').state, 'streaming');
  });

  it('keeps the draft with what is attached, and the mode, in a new chat, and nothing else', () => {
    const state = after(
      sent,
      ended,
      { kind: 'attached', attachment: attached },
      { kind: 'change', change: { draft: 'next', mode: 'ask' } },
    );
    const fresh = chatReducer(state, { kind: 'newChat', session: 's2' });
    assert.equal(fresh.draft, 'next');
    assert.deepEqual(fresh.attachments, [attached]);
    assert.equal(fresh.mode, 'ask');
    assert.equal(fresh.thread.session, 's2');
    assert.deepEqual(fresh.thread.messages, []);
  });

  it('leaves an earlier message that is edited in its chat, and takes along what was typed before', () => {
    const state = after(sent, ended, { kind: 'change', change: { draft: 'next' } }, { kind: 'editing', message: 'u1' });
    const move = { kind: 'newChat', session: 's2' } as const;
    assert.equal(chatReducer(state, move).draft, 'next');
    const left = leftBehind(state, move);
    assert.deepEqual([left.draft, left.editing], ['Make a table\nwith rows', { message: 'u1', draft: '' }]);
  });

  it('puts a local edit into the conversation', () => {
    const message = {
      role: 'localEdit',
      id: 'l1',
      at,
      prompt: 'blue header',
      places: [],
      saved: millitokens(500),
      rolledBack: false,
    } as const;
    const state = after({ kind: 'localEdit', message: { ...message, places: [] }, draft: '' });
    assert.equal(state.thread.messages[0]?.role, 'localEdit');
  });
});
