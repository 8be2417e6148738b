import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Database } from '../../src/backend/database/database.ts';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { SqliteStore } from '../../src/backend/database/sqliteStore.ts';
import { SqliteThread } from '../../src/backend/database/sqliteThread.ts';
import type { RowKey, Work } from '../../src/backend/database/workingSet.ts';
import { Writer } from '../../src/backend/database/writer.ts';
import { testDatabases, type TestDatabase } from '../support/testDatabases.ts';

const program = new URL('../../src/backend/database/sqlite.worker.ts', import.meta.url);

describe('two writers of one file, their rounds following each other', () => {
  let place: TestDatabase;
  let database: Database;
  let writers: readonly [Writer<typeof commands>, Writer<typeof commands>];
  /** Which counts of each counter were told for good. */
  let told: Map<string, number[]>;

  beforeEach(async () => {
    place = (await testDatabases[0]?.create()) ?? assert.fail();
    database = await openDatabase(place.url);
    const file = database.file ?? assert.fail();
    const open = () =>
      new Writer(new SqliteStore(file, new SqliteThread(program, file)), commands, {
        ...{ clock: () => 0, onCommit: () => undefined, onFault: assert.ifError },
      });
    writers = [open(), open()];
    told = new Map();
  });
  afterEach(async () => {
    await database.close();
    place.dispose();
  });

  const note = (id: string, count: number): void => {
    told.set(id, [...(told.get(id) ?? []), count]);
  };
  /** Counts in one way or another; what fails has counted nothing. */
  const count = async (number: number, id: string): Promise<void> => {
    const writer = number % 19 === 0 ? writers[1] : writers[0];
    if (number % 7 !== 0) {
      const event = number % 120 === 0 ? 'the same' : null;
      note(id, await writer.submit('count', { id, event }));
      return;
    }
    const { answer, committed } = await writer.carryOut('count', { id, event: null });
    await committed;
    note(id, answer);
  };

  it('count each of many commands once, and tell what is there', async () => {
    const all: Promise<void>[] = [];
    for (let number = 0; number < COMMANDS; number += 1) {
      all.push(count(number, `counter ${number % 5}`));
      if (number % 60 === 0) await nextTurn();
    }
    const outcomes = await Promise.allSettled(all);
    await Promise.all(writers.map((writer) => writer.close()));
    const rows = await database.query.selectFrom('accounts').select(['id', 'email']).execute();
    const counted = new Map(rows.map(({ id, email }) => [id, Number(email.split('|')[1])]));
    assert.deepEqual(new Set(told.keys()), new Set(counted.keys()));
    for (const [id, counts] of told) {
      const inOrder = counts.toSorted((one, other) => one - other);
      assert.deepEqual(inOrder, [...Array(counted.get(id) ?? 0).keys()], id);
    }
    const events = await database.query.selectFrom('payment_events').select('id').execute();
    assert.deepEqual(
      events.map(({ id }) => id),
      ['the same'],
    );
    const done = outcomes.filter(({ status }) => status === 'fulfilled').length;
    assert.equal(done, [...told.values()].flat().length);
    assert.ok(done > COMMANDS * 0.8, `${done} were done`);
  });
});

const COMMANDS = 500;

const commands = {
  /** Answers with the count before. The event is one that may be there already, which only the database knows. */
  count: {
    needs: ({ id }: { id: string; event: string | null }): RowKey[] => [['accounts', id]],
    carryOut(work: Work, { id, event }: { id: string; event: string | null }): number {
      const before = Number(work.accounts.find(id)?.email.split('|')[1] ?? 0);
      work.accounts.put({ id, email: `${id}|${before + 1}`, createdAt: 0 });
      if (event !== null) work.paymentEvents.add({ id: event, kind: 'paid', accountId: id, receivedAt: 0, body: '' });
      return before;
    },
  },
};
