import assert from 'node:assert/strict';
import { ChatStore } from '../../../../webview/chat/chatStore.ts';
import { answer, composer, status, thread } from '../../../support/chatSnapshots.ts';

describe('the chat store', () => {
  function started() {
    const frames: (() => void)[] = [];
    const store = new ChatStore((run) => frames.push(run));
    let changes = 0;
    const heard: string[] = [];
    store.listen({
      changed: () => changes++,
      streamed: (_message, text) => heard.push(text),
      focus: () => heard.push('focus'),
    });
    store.start({ thread: thread([answer('g1', { state: 'streaming' })]), status: status(), composer: composer() });
    const text = (): string => {
      const [message] = store.state?.thread.messages ?? [];
      return message?.role === 'assistant'
        ? message.parts.map((part) => (part.kind === 'text' ? part.text : '')).join()
        : '';
    };
    return { store, frames, heard, text, changes: () => changes };
  }

  it('applies any number of deltas as one change a frame', () => {
    const { store, frames, text, heard, changes } = started();
    const before = changes();
    for (const piece of ['a', 'b', 'c']) store.delta({ message: 'g1', text: piece });
    assert.equal(text(), '');
    assert.equal(frames.length, 1);
    frames[0]?.();
    assert.equal(text(), 'abc');
    assert.equal(changes(), before + 1);
    assert.deepEqual(heard, ['abc']);
    store.delta({ message: 'g1', text: 'd' });
    assert.equal(frames.length, 2);
  });

  it('applies waiting text before whatever comes after it', () => {
    const { store, frames, text } = started();
    store.delta({ message: 'g1', text: 'early' });
    store.message(answer('g1', { parts: [{ kind: 'text', text: 'whole' }] }));
    frames[0]?.();
    assert.equal(text(), 'whole');
  });

  it('ignores what comes before the start', () => {
    const store = new ChatStore(() => undefined);
    store.status(status());
    store.delta({ message: 'g1', text: 'x' });
    assert.equal(store.state, null);
  });

  it('passes the focus on', () => {
    const { store, heard } = started();
    store.focus();
    assert.deepEqual(heard, ['focus']);
  });
});
