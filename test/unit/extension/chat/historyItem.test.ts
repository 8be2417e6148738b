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
    assert.equal(quiet.label, '$(pinned) Create a table');
    assert.match(quiet.description, /^[^·]*2026|^[^·]*Nov/);
    assert.match(quiet.description, /2 messages · 1\.24 tokens$/);
    const running = historyItem(hit, { isShown: false, isRunning: true }, wording);
    assert.equal(running.label, '$(loading~spin) $(pinned) Create a table');
    assert.match(running.description, /^running · /);
    const waits = historyItem({ ...hit, waiting: 1 }, { isShown: false, isRunning: false }, wording);
    assert.match(waits.description, /^1 not sent yet · /);
    assert.match(historyItem(hit, { isShown: true, isRunning: true }, wording).description, /^shown now · running · /);
  });
});
