import assert from 'node:assert/strict';
import { newChatState } from '../../../../src/extension/chat/chatState.ts';
import { historyEntry, type HistoryEntry } from '../../../../src/extension/chat/historyEntry.ts';
import { searchHistory } from '../../../../src/extension/chat/searchHistory.ts';
import type { Message } from '../../../../src/protocol/chat.ts';
import { answer, prompt, receipt } from '../../../support/chatSnapshots.ts';

function entry(id: string, messages: Message[], isPinned = false): HistoryEntry {
  const state = newChatState(id, 'agent');
  const [first] = messages;
  const title = first?.role === 'user' ? first.text : '';
  const made = historyEntry({ ...state, isPinned, thread: { session: id, title, messages } });
  assert.ok(made);
  return made;
}

const at = (message: Message, day: number): Message => ({ ...message, at: `2026-11-0${String(day)}T10:00:00.000Z` });
const said = (text: string) => answer('g', { parts: [{ kind: 'text', text }], receipt: receipt('g') });

describe('search over all history', () => {
  const table = entry('table', [prompt('u1', 'Create a users table'), at(said('Its columns can be\n  sorted.'), 1)]);
  const form = entry('form', [prompt('u2', 'Add a form'), at(said('The users fill it in.'), 2)]);
  const pinned = entry('pinned', [at(prompt('u3', 'Grüße für ALLE'), 1)], true);
  const all = [table, form, pinned];
  const ids = (query: string) => searchHistory(all, query).map(({ id }) => id);

  it('lists all without a word: pinned first, then the latest', () => {
    assert.deepEqual(ids(' '), ['pinned', 'form', 'table']);
  });

  it('finds every word anywhere in a chat, in any case; titles first', () => {
    assert.deepEqual(ids('USERS'), ['table', 'form']);
    assert.deepEqual(ids('users fill'), ['form']);
    assert.deepEqual(ids('grüsse'), []);
    assert.deepEqual(ids('GRÜSSE'), []);
    assert.deepEqual(ids('GRÜßE alle'), ['pinned']);
  });

  it('shows the words around what was found, on one line, but not the title again', () => {
    const [hit] = searchHistory(all, 'sorted');
    assert.equal(hit?.snippet, '…olumns can be sorted.');
    assert.equal(searchHistory([pinned], 'alle')[0]?.snippet, 'Grüße für ALLE');
  });

  it('says of each how long it is and what it cost', () => {
    const [hit] = searchHistory([table], '');
    assert.deepEqual([hit?.messages, hit?.charged, hit?.at], [1, 1_240, '2026-11-01T10:00:00.000Z']);
  });

  it('leaves out chats in which nothing was said', () => {
    assert.equal(historyEntry(newChatState('empty', 'agent')), null);
  });

  it('answers with no more than a person reads', () => {
    const many = Array.from({ length: 500 }, (_, n) => entry(String(n), [prompt(String(n), 'Same')]));
    assert.equal(searchHistory(many, 'same').length, 200);
  });
});
