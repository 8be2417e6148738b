import assert from 'node:assert/strict';
import type { Message } from '../../../../src/protocol/chat.ts';
import { newChatState, type ChatState } from '../../../../src/extension/chat/chatState.ts';
import { lastGeneration, rollbackTargets } from '../../../../src/extension/rollback/rollbackTargets.ts';
import { millitokens } from '../../../../src/core/tokens.ts';

const at = '2026-11-01T10:00:00.000Z';

type Changes = Extract<Message, { role: 'assistant' }>['changes'];

function exchange(
  n: number,
  changesState: 'none' | 'pending' | 'rolledBack' | 'kept',
  rolledBack = false,
  changes: Changes = [],
): Message[] {
  return [
    { role: 'user', id: `u${String(n)}`, text: `Prompt ${String(n)}`, at, attachments: [], rolledBack },
    { role: 'assistant', id: `g${String(n)}`, at, parts: [], state: 'done', changes, changesState },
  ];
}

function localEdit(id: string, rolledBack = false): Message {
  return { role: 'localEdit', id, at, prompt: 'Blue', places: [], saved: millitokens(1), rolledBack };
}

function state(messages: Message[], folders: Record<string, string>): ChatState {
  const fresh = newChatState('s', 'agent');
  const runs = Object.fromEntries(
    Object.entries(folders).map(([id, folder]) => [id, { folder, checkpoints: [id], estimate: null, multiplier: 1 }]),
  );
  return { ...fresh, thread: { ...fresh.thread, messages }, runs };
}

describe('roll back targets', () => {
  it('takes the generation and everything since that still stands', () => {
    const messages = [
      ...exchange(1, 'pending'),
      ...exchange(2, 'rolledBack', true),
      localEdit('l1'),
      ...exchange(3, 'kept'),
    ];
    const targets = rollbackTargets(state(messages, { g1: 'w', g2: 'w', l1: 'w', g3: 'w' }), 'g1', 'since');
    assert.deepEqual(targets?.checkpoints, ['g1', 'l1', 'g3']);
    assert.deepEqual(targets.messages, ['u1', 'u3']);
    assert.equal(targets.laterMessages, 2);
    assert.equal(targets.prompt, 'Prompt 1');
  });

  it('takes what was changed since something that was only said, in one folder', () => {
    const messages = [...exchange(1, 'none'), localEdit('l1', true), ...exchange(2, 'pending'), localEdit('l2')];
    const chat = state([...messages, ...exchange(3, 'pending')], { l1: 'gone', g2: 'w', l2: 'w', g3: 'elsewhere' });
    const targets = rollbackTargets(chat, 'g1', 'since');
    assert.deepEqual([targets?.folder, targets?.checkpoints], ['w', ['g2', 'l2']]);
    assert.deepEqual(targets?.messages, ['u1', 'u2', 'u3']);
    const alone = rollbackTargets(chat, 'g1', 'alone');
    assert.deepEqual([alone?.folder, alone?.checkpoints], [null, []]);
  });

  it('takes the generation alone and leaves what came later', () => {
    const messages = [...exchange(1, 'pending'), localEdit('l1'), ...exchange(2, 'pending')];
    const chat = state(messages, { g1: 'w', l1: 'w', g2: 'w' });
    const alone = rollbackTargets(chat, 'g1', 'alone');
    assert.deepEqual(alone?.checkpoints, ['g1']);
    assert.deepEqual(alone.messages, ['u1']);
    assert.deepEqual([alone.laterMessages, alone.hasLater], [0, true]);
    assert.equal(rollbackTargets(chat, 'g2', 'alone')?.hasLater, false);
  });

  it('leaves earlier generations and other folders alone', () => {
    const messages = [...exchange(1, 'pending'), ...exchange(2, 'pending'), ...exchange(3, 'pending')];
    const targets = rollbackTargets(state(messages, { g1: 'w', g2: 'w', g3: 'elsewhere' }), 'g2', 'since');
    assert.deepEqual(targets?.checkpoints, ['g2']);
    assert.equal(targets.folder, 'w');
  });

  it('takes the files of all that is not kept, of this folder, and nothing that was said', () => {
    const file = (path: string, state?: 'kept' | 'undone' | 'partly') => {
      return { path, kind: 'edited' as const, added: 1, removed: 0, ...(state ? { state } : {}) };
    };
    const messages = [
      ...exchange(1, 'pending', false, [file('a'), file('b', 'kept'), file('c', 'undone')]),
      ...exchange(2, 'kept', false, [file('d')]),
      localEdit('l1'),
      ...exchange(3, 'pending', false, [file('e')]),
      ...exchange(4, 'pending', false, [file('a'), file('f', 'partly')]),
    ];
    const chat = state(messages, { g1: 'w', g2: 'w', l1: 'w', g3: 'elsewhere', g4: 'w' });
    const targets = rollbackTargets(chat, 'g4', 'pending');
    assert.deepEqual(
      [targets?.checkpoints, targets?.files],
      [
        ['g1', 'g4'],
        ['a', 'f'],
      ],
    );
    assert.deepEqual([targets?.messages, targets?.laterMessages, targets?.inChat], [[], 0, false]);
  });

  it('rolls back a local edit like a generation', () => {
    const targets = rollbackTargets(
      state([...exchange(1, 'pending'), localEdit('l1')], { g1: 'w', l1: 'w' }),
      'l1',
      'since',
    );
    assert.deepEqual(targets?.checkpoints, ['l1']);
    assert.deepEqual(targets.messages, []);
    assert.equal(targets.prompt, 'Blue');
  });

  it('has no files where none were changed', () => {
    const targets = rollbackTargets(state(exchange(1, 'none'), {}), 'g1', 'since');
    assert.equal(targets?.folder, null);
    assert.deepEqual(targets.messages, ['u1']);
  });

  it('finds the last thing that changed files, before what was only said', () => {
    const messages = [...exchange(1, 'pending'), localEdit('l1'), ...exchange(2, 'none')];
    assert.equal(lastGeneration(state(messages, { g1: 'w', l1: 'w' })), 'l1');
    assert.equal(lastGeneration(state(messages.slice(0, 2), { g1: 'w' })), 'g1');
    assert.equal(lastGeneration(state([...exchange(1, 'rolledBack', true)], { g1: 'w' })), null);
    assert.equal(lastGeneration(state(exchange(2, 'none'), {})), 'g2');
  });
});
