import { parentPort, workerData } from 'node:worker_threads';
import { SqliteConnection } from './sqliteConnection.ts';
import type { FromSqliteThread, SqliteThreadData, ToSqliteThread } from './sqliteThread.ts';
import { LostRound } from './store.ts';

// Commits the rounds of a SQLite file as a thread, one after the other, and answers each with one message.

const port = parentPort;
if (port === null) throw new Error('this runs as a thread');
const { file } = workerData as SqliteThreadData;
const connection = new SqliteConnection(file);

port.on('message', (message: ToSqliteThread) => {
  if (message === 'close') {
    connection.close();
    port.close();
    return;
  }
  port.postMessage(answer(message));
});

function answer(message: Exclude<ToSqliteThread, 'close'>): FromSqliteThread {
  try {
    if (message === 'dataVersion') return { kind: 'done', dataVersion: connection.dataVersion() };
    connection.commit(message);
    return { kind: 'done', dataVersion: message.dataVersion };
  } catch (error) {
    if (error instanceof LostRound) return { kind: 'lost', reason: error.message };
    return { kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) };
  }
}
