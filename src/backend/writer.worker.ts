import { parentPort, workerData } from 'node:worker_threads';
import { commands } from './commands.ts';
import { SqliteStore } from './database/sqliteStore.ts';
import type { FromWriterThread, ToWriterThread, WriterThreadData } from './database/threadWriter.ts';
import { Writer, type Commands } from './database/writer.ts';
import { createIds } from './ids.ts';

// The writer of a SQLite file as a thread: takes commands in batches, and answers each commit with one message.

const port = parentPort;
if (port === null) throw new Error('the writer runs as a thread');
const { file } = workerData as WriterThreadData;

let early: { id: number; answer: unknown }[] = [];
type Outcome = Extract<FromWriterThread, { kind: 'outcomes' }>['outcomes'][number];
let outcomes: Outcome[] = [];
let accounts: ReadonlySet<string> = new Set();
let committed = 0;

const say = (message: FromWriterThread): void => {
  port.postMessage(message);
};
const send = (): void => {
  say({ kind: 'outcomes', outcomes, accounts, commands: committed });
  outcomes = [];
  accounts = new Set();
  committed = 0;
};
/** The outcomes of one commit come in one turn; the first of them sees that all are sent at its end. */
const tell = (outcome: Outcome): void => {
  if (outcomes.length === 0) queueMicrotask(send);
  outcomes.push(outcome);
};

const writer = new Writer<Commands>(new SqliteStore(file), commands, {
  clock: Date.now,
  ids: createIds(Date.now),
  onCommit: (changed, count) => {
    accounts = changed;
    committed = count;
  },
  onCarriedOut: () => {
    if (early.length === 0) return;
    say({ kind: 'carriedOut', answers: early });
    early = [];
  },
  onFault: (error) => {
    say({ kind: 'fault', error });
  },
});

port.on('message', (message: ToWriterThread) => {
  if (message === 'close') {
    void writer.close().finally(() => {
      port.close();
    });
    return;
  }
  for (const { id, kind, input, isEarly } of message) {
    writer.take(kind, input as never, {
      ...(isEarly ? { carriedOut: (answer) => early.push({ id, answer }) } : {}),
      committed: (answer) => {
        tell(isEarly ? { id, answer: null } : { id, answer });
      },
      failed: (error) => {
        tell({ id, error });
      },
    });
  }
});
