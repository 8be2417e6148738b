import assert from 'node:assert/strict';
import { messageGroups, oneGroupOlder } from '../../../../webview/chat/messageGroups.ts';
import { prompt } from '../../../support/chatSnapshots.ts';

describe('the groups of a chat’s messages', () => {
  const messages = Array.from({ length: 45 }, (_, at) => prompt(`m${String(at)}`, 'Ask'));
  const told = (from: number) => messageGroups(messages, from).map((group) => [group.begins, group.messages.length]);

  it('hold every message once, in order', () => {
    const shown = messageGroups(messages, 0).flatMap((group) => group.messages);
    assert.deepEqual(shown, messages);
    assert.deepEqual(told(0), [
      [0, 20],
      [20, 20],
      [40, 5],
    ]);
    assert.deepEqual(messageGroups([], 0), []);
  });

  it('begin where they will when the messages before them are shown, too', () => {
    assert.deepEqual(told(37), [
      [20, 3],
      [40, 5],
    ]);
    assert.equal(messageGroups(messages, 37)[0]?.messages[0], messages[37]);
  });

  it('come one after the other, the older the later, down to the first', () => {
    assert.deepEqual([37, 20, 1, 0].map(oneGroupOlder), [20, 0, 0, 0]);
  });
});
