import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Database } from '../../src/backend/database/database.ts';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import type { SqliteCommits, SqliteRound } from '../../src/backend/database/sqliteCommits.ts';
import { SqliteConnection } from '../../src/backend/database/sqliteConnection.ts';
import { SqliteStore } from '../../src/backend/database/sqliteStore.ts';
import { SqliteThread } from '../../src/backend/database/sqliteThread.ts';
import { LostRound } from '../../src/backend/database/store.ts';
import { tables } from '../../src/backend/database/tables.ts';
import type { RowKey, Work } from '../../src/backend/database/workingSet.ts';
import { Writer } from '../../src/backend/database/writer.ts';
import { testDatabases, type TestDatabase } from '../support/testDatabases.ts';

const program = new URL('../../src/backend/database/sqlite.worker.ts', import.meta.url);
const ways: Readonly<Record<string, (file: string) => SqliteCommits>> = {
  'on a connection here': (file) => new SqliteConnection(file),
  'in a thread': (file) => new SqliteThread(program, file),
};

for (const [way, open] of Object.entries(ways)) {
  describe(`the rounds of a SQLite file, committed ${way}`, () => {
    let place: TestDatabase;
    let database: Database;
    let commits: SqliteCommits;
    let dataVersion: number;

    beforeEach(async () => {
      place = (await testDatabases[0]?.create()) ?? assert.fail();
      database = await openDatabase(place.url);
      commits = open(database.file ?? assert.fail());
      dataVersion = await commits.dataVersion();
    });
    afterEach(async () => {
      await commits.close();
      await database.close();
      place.dispose();
    });

    const project = (id: string): SqliteRound => ({
      ...{ dataVersion, updates: [] },
      inserts: [{ table: 'projects', values: tables.projects.write({ accountId: 'a', id, name: id, createdAt: 0 }) }],
    });
    /** As the writer does: the next leaves before it is known what became of the one before. */
    const all = (rounds: readonly SqliteRound[]) =>
      Promise.allSettled(rounds.map(async (round) => commits.commit(round)));
    const ids = async (): Promise<string[]> =>
      (await database.query.selectFrom('projects').select('id').orderBy('id').execute()).map(({ id }) => id);

    it('are refused behind one that failed, until somebody begins anew', async () => {
      const outcomes = await all(['one', 'one', 'two', 'three'].map(project));
      const reasons = outcomes.map((outcome) => (outcome.status === 'rejected' ? (outcome.reason as unknown) : null));
      assert.equal(reasons[0], null);
      assert.match(String(reasons[1]), /UNIQUE/);
      assert.ok(reasons[2] instanceof LostRound && reasons[3] instanceof LostRound);
      assert.deepEqual(await ids(), ['one']);
      dataVersion = await commits.dataVersion();
      await commits.commit(project('two'));
      assert.deepEqual(await ids(), ['one', 'two']);
    });

    it('are refused behind one that was lost to another process', async () => {
      await database.query
        .insertInto('projects')
        .values({ account_id: 'b', id: 'b', name: 'b', created_at: 0 })
        .execute();
      for (const outcome of await all(['one', 'two'].map(project)))
        assert.ok(outcome.status === 'rejected' && outcome.reason instanceof LostRound);
      assert.deepEqual(await ids(), ['b']);
      dataVersion = await commits.dataVersion();
      await commits.commit(project('one'));
      assert.deepEqual(await ids(), ['b', 'one']);
    });
  });
}

describe('a thread of a SQLite file that dies', () => {
  const program = new URL('../support/mortalSqlite.worker.ts', import.meta.url);
  let place: TestDatabase;
  let database: Database;
  let writer: Writer<typeof commands>;

  beforeEach(async () => {
    place = (await testDatabases[0]?.create()) ?? assert.fail();
    database = await openDatabase(place.url);
    const file = database.file ?? assert.fail();
    writer = new Writer(new SqliteStore(file, new SqliteThread(program, file)), commands, {
      ...{ clock: () => 0, onCommit: () => undefined, onFault: assert.ifError },
    });
  });
  afterEach(async () => {
    await writer.close();
    await database.close();
    place.dispose();
  });

  const ids = async (): Promise<string[]> =>
    (await database.query.selectFrom('payment_events').select('id').orderBy('id').execute()).map(({ id }) => id);

  it('before a commit is replaced, and takes nothing with it but what it died of', async () => {
    await writer.submit('receive', 'one');
    const outcomes = await Promise.allSettled(['dies before', 'two'].map((id) => writer.submit('receive', id)));
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['rejected', 'fulfilled'],
    );
    assert.equal(await writer.submit('receive', 'three'), 'new');
    assert.deepEqual(await ids(), ['one', 'three', 'two']);
  });

  it('after a commit, before it says so, is replaced, and nothing is done twice', async () => {
    const answers = await Promise.all(['one', 'dies after', 'two'].map((id) => writer.submit('receive', id)));
    assert.deepEqual(answers, ['known', 'known', 'known']);
    assert.equal(await writer.submit('receive', 'three'), 'new');
    assert.deepEqual(await ids(), ['dies after', 'one', 'three', 'two']);
  });
});

const commands = {
  receive: {
    needs: (id: string): RowKey[] => [['paymentEvents', id]],
    carryOut(work: Work, id: string): 'known' | 'new' {
      if (work.paymentEvents.find(id) !== undefined) return 'known';
      work.paymentEvents.add({ id, kind: 'paid', accountId: 'a', receivedAt: 0, body: '' });
      return 'new';
    },
  },
};
