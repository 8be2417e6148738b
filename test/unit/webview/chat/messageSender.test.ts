import assert from 'node:assert/strict';
import type { SendAnswer } from '../../../../src/protocol/chat.ts';
import { MessageSender } from '../../../../webview/chat/messageSender.ts';

describe('sending a message', () => {
  function sender(answers: (() => Promise<SendAnswer>)[]) {
    let ids = 0;
    const sent: { id: string; text: string }[] = [];
    const it = new MessageSender(
      () => `id-${++ids}`,
      (message) => {
        sent.push(message);
        return answers[sent.length - 1]?.() ?? Promise.resolve({ kind: 'accepted' });
      },
    );
    return { it, sent };
  }

  it('sends once while no answer has come', async () => {
    const { it, sent } = sender([]);
    const [first, second] = await Promise.all([it.send('hello'), it.send('hello')]);
    assert.deepEqual(first, { kind: 'accepted' });
    assert.equal(second, null);
    assert.equal(sent.length, 1);
  });

  it('keeps the id of the same text until it is answered', async () => {
    const lost = () => Promise.reject<SendAnswer>(new Error('lost'));
    const { it, sent } = sender([lost, lost]);
    await assert.rejects(it.send('hello'));
    await assert.rejects(it.send('hello'));
    await it.send('hello');
    await it.send('hello');
    assert.deepEqual(
      sent.map(({ id }) => id),
      ['id-1', 'id-1', 'id-1', 'id-2'],
    );
  });

  it('takes a new id for another text', async () => {
    const { it, sent } = sender([() => Promise.reject(new Error('lost'))]);
    await assert.rejects(it.send('one'));
    await it.send('two');
    assert.deepEqual(
      sent.map(({ id }) => id),
      ['id-1', 'id-2'],
    );
  });
});
