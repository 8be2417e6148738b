import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newChatState } from '../src/extension/chat/chatState.ts';
import { HistorySearch } from '../src/extension/node/historySearch.ts';
import type { Message } from '../src/protocol/chat.ts';

// How fast a history of 10,000 messages is searched as it is typed, letter by letter, asked as the list asks.

const [SESSIONS, MESSAGES_EACH] = [200, 50];
const WORDS = 'users table column sort form dashboard header color padding invoice order filter export chart'.split(
  ' ',
);
const AT = '2026-11-22T10:00:00.000Z';

function figure(metric: string, value: number): void {
  console.log(JSON.stringify({ bench: 'history', metric, value: Math.round(value * 100) / 100, unit: 'ms' }));
}

/** 500 characters: as long as answers usually are. */
function prose(seed: number): string {
  return Array.from({ length: 75 }, (_, at) => WORDS[(seed * 31 + at * at * 7) % WORDS.length]).join(' ');
}

function message(at: number): Message {
  const id = randomUUID();
  if (at % 2 === 0) return { role: 'user', id, at: AT, text: prose(at), attachments: [], rolledBack: false };
  const parts = [{ kind: 'text' as const, text: prose(at) }];
  return { role: 'assistant', id, at: AT, parts, state: 'done', changes: [], changesState: 'none' };
}

const folder = mkdtempSync(path.join(tmpdir(), 'tokenfare-bench-history-'));
try {
  mkdirSync(folder, { recursive: true });
  for (let session = 0; session < SESSIONS; session++) {
    const state = newChatState(`s${String(session)}`, 'agent');
    const messages = Array.from({ length: MESSAGES_EACH }, (_, at) => message(session * MESSAGES_EACH + at));
    const thread = { session: state.thread.session, title: `Chat ${String(session)}`, messages };
    writeFileSync(path.join(folder, `${thread.session}.json`), JSON.stringify({ ...state, thread }));
  }
  const search = new HistorySearch(path.resolve('src/extension/node/historyWorker.ts'), folder);
  const started = performance.now();
  const all = await search.search('');
  figure('10,000 messages read and listed', performance.now() - started);
  if (all.length !== SESSIONS) throw new Error(`${String(all.length)} of ${String(SESSIONS)} chats were listed.`);
  const times: number[] = [];
  for (const query of ['users table sort', 'invoice dashboard', 'nowhere to be found', 'chart 7']) {
    for (let letters = 1; letters <= query.length; letters++) {
      const asked = performance.now();
      await search.search(query.slice(0, letters));
      times.push(performance.now() - asked);
    }
  }
  times.sort((a, b) => a - b);
  figure('10,000 messages, one more letter, p50', times[Math.floor(times.length / 2)] ?? 0);
  figure('10,000 messages, one more letter, slowest', times.at(-1) ?? 0);
  search.dispose();
} finally {
  rmSync(folder, { recursive: true });
}
