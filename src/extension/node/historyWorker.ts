import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { ChatState } from '../chat/chatState.ts';
import { historyEntry, type HistoryEntry } from '../chat/historyEntry.ts';
import { searchHistory } from '../chat/searchHistory.ts';
import type { HistoryAnswer, HistoryQuestion } from './historySearch.ts';

// The history's thread: reads every session of a workspace once and searches it, so that the extension host waits for
// neither.

const folder = String(workerData);
const entries = readdirSync(folder).flatMap((name) => (name.endsWith('.json') ? (read(name) ?? []) : []));

parentPort?.on('message', ({ id, query }: HistoryQuestion) => {
  parentPort?.postMessage({ id, hits: searchHistory(entries, query) } satisfies HistoryAnswer);
});

/** Null for what cannot be read: it is not lost, but there is nothing to show of it. */
function read(name: string): HistoryEntry | null {
  try {
    return historyEntry(ChatState.parse(JSON.parse(readFileSync(path.join(folder, name), 'utf8'))));
  } catch {
    return null;
  }
}
