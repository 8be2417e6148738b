import assert from 'node:assert/strict';
import { millitokens } from '../../../../src/core/tokens.ts';
import { historyItem } from '../../../../src/extension/chat/historyItem.ts';
import { wording } from '../wording.ts';

describe('a line of the history', () => {
  const hit = {
    ...{ id: 's1', title: 'Create a table', isPinned: true, at: '2026-11-01T10:00:00.000Z', messages: 2 },
    waiting: 0,
    ...{ charged: millitokens(1_240), snippet: 'rows' },
  };

  it('says what is shown now, what runs, when it was, how long and how dear', () => {
    const quiet = historyItem(hit, { isShown: false, isRunning: false }, wording);
    assert.deepEqual([quiet.label, quiet.description], ['$(pinned) Create a table', '']);
    assert.match(quiet.detail, /^1 Nov, 10:00 · 2 messages · 1\.24 tokens · rows$/);
    const running = historyItem({ ...hit, snippet: '' }, { isShown: false, isRunning: true }, wording);
    assert.deepEqual([running.label, running.description], ['$(loading~spin) $(pinned) Create a table', 'running']);
    assert.match(running.detail, /1\.24 tokens$/);
    const waits = historyItem({ ...hit, waiting: 1 }, { isShown: false, isRunning: false }, wording);
    assert.match(waits.detail, /^1 not sent yet · 1 Nov/);
    assert.equal(historyItem(hit, { isShown: true, isRunning: true }, wording).description, 'shown now · running');
  });
});
