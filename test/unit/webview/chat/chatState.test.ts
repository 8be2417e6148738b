import assert from 'node:assert/strict';
import { promptsOf, withMessage, withStreamedText } from '../../../../webview/chat/chatState.ts';
import { answer, prompt, thread } from '../../../support/chatSnapshots.ts';

describe('the chat page’s state', () => {
  const before = thread([prompt('m1', 'one'), answer('g1', { parts: [{ kind: 'text', text: 'Hel' }] })]);

  it('adds a new message and replaces one of the same id and role, leaving the others the same objects', () => {
    const added = withMessage(before, prompt('g1', 'two'));
    assert.equal(added.messages.length, 3);
    const replaced = withMessage(added, answer('g1', { state: 'failed' }));
    assert.equal(replaced.messages.length, 3);
    assert.equal(replaced.messages[1]?.role === 'assistant' && replaced.messages[1].state, 'failed');
    assert.equal(replaced.messages[0], before.messages[0]);
  });

  it('appends streamed text to the last text part', () => {
    const [, grown] = withStreamedText(before, 'g1', 'lo').messages;
    assert.deepEqual(grown?.role === 'assistant' && grown.parts, [{ kind: 'text', text: 'Hello' }]);
  });

  it('begins a new text part after a step', () => {
    const step = { kind: 'step', id: 's', tool: 'read_file', state: 'done' } as const;
    const [grown] = withStreamedText(thread([answer('g1', { parts: [step] })]), 'g1', 'Then').messages;
    assert.deepEqual(grown?.role === 'assistant' && grown.parts, [step, { kind: 'text', text: 'Then' }]);
  });

  it('ignores text for a message that is not there or is no answer', () => {
    assert.equal(withStreamedText(before, 'g2', 'x'), before);
    assert.equal(withStreamedText(before, 'm1', 'x'), before);
  });

  it('gives the prompts without immediate repetitions', () => {
    assert.deepEqual(promptsOf([prompt('a', 'x'), prompt('b', 'x'), answer('g'), prompt('c', 'y'), prompt('d', 'x')]), [
      'x',
      'y',
      'x',
    ]);
  });
});
