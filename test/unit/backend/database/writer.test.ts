import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, it } from 'mocha';
import type { Row } from '../../../../src/backend/database/tables.ts';
import { LostRound, type Store } from '../../../../src/backend/database/store.ts';
import type { RowKey, Work, WorkingSet } from '../../../../src/backend/database/workingSet.ts';
import { Writer } from '../../../../src/backend/database/writer.ts';

describe('the writer, on a disk that takes its time', () => {
  let disk: SlowDisk;
  let writer: Writer<typeof commands>;
  let faults: unknown[];

  beforeEach(async () => {
    disk = new SlowDisk();
    faults = [];
    writer = new Writer(disk, commands, {
      ...{ clock: () => 0, onCommit: () => undefined, onFault: (fault) => faults.push(fault) },
    });
    const made = writer.submit('rename', { id: 'a', email: 'first' });
    await disk.reached(1);
    disk.pass();
    assert.equal(await made, null);
  });

  it('carries the next round out while one is on its way, and answers each when it is there', async () => {
    const told: unknown[] = [];
    const rename = (email: string): void => {
      void writer.submit('rename', { id: 'a', email }).then((before) => told.push(before));
    };
    rename('second');
    await disk.reached(1);
    rename('third');
    await disk.reached(2);
    assert.deepEqual(told, []);
    disk.pass();
    await nextTurn();
    assert.deepEqual(told, ['first']);
    disk.pass();
    await nextTurn();
    assert.deepEqual([told, disk.emailOf('a')], [['first', 'second'], 'third']);
  });

  it('has no more than two rounds on their way, and lets the third gather', async () => {
    const all = ['second', 'third'].map((email) => writer.submit('rename', { id: 'a', email }));
    await disk.reached(1);
    all.push(writer.submit('rename', { id: 'a', email: 'fourth' }), writer.submit('rename', { id: 'a', email: 'x' }));
    await disk.reached(2);
    all.push(...['y', 'z'].map((email) => writer.submit('rename', { id: 'a', email })));
    await nextTurn();
    assert.deepEqual(disk.sizes, [1, 1]);
    while (disk.emailOf('a') !== 'z') {
      await disk.reached(1);
      disk.pass();
      await nextTurn();
    }
    assert.deepEqual(await Promise.all(all), ['first', 'second', 'third', 'fourth', 'x', 'y']);
    assert.equal(disk.commits, 4);
  });

  it('lets a few wait for those before them rather than have a round of their own', async () => {
    const all = ['second', 'third', 'fourth'].map((email) => writer.submit('rename', { id: 'a', email }));
    await disk.reached(1);
    all.push(writer.submit('rename', { id: 'a', email: 'fifth' }));
    await nextTurn();
    assert.equal(disk.sizes.length, 1);
    disk.pass();
    await disk.reached(1);
    disk.pass();
    assert.deepEqual(await Promise.all(all), ['first', 'second', 'third', 'fourth']);
  });

  it('carries many out as two rounds', async () => {
    const all = Array.from({ length: 8 }, (_, index) => writer.submit('rename', { id: 'b', email: String(index) }));
    await disk.reached(2);
    disk.pass();
    disk.pass();
    assert.deepEqual(await Promise.all(all), [null, '0', '1', '2', '3', '4', '5', '6']);
  });

  for (const [what, error] of [
    ['is broken', new Error('the disk is full')],
    ['is lost to another', new LostRound('another was faster')],
  ] as const) {
    it(`carries a round out again if the one before it ${what}, on what is really there`, async () => {
      const second = writer.submit('rename', { id: 'a', email: 'second' });
      second.catch(() => undefined);
      await disk.reached(1);
      const third = writer.submit('rename', { id: 'a', email: 'third' });
      await disk.reached(2);
      disk.fail(error);
      for (const again of error instanceof LostRound ? [1, 2] : [1]) {
        await disk.reached(1);
        assert.equal(disk.sizes.length, 1, `alone, for the ${again}. time`);
        disk.pass();
      }
      const answers = await Promise.allSettled([second, third]);
      const expected =
        error instanceof LostRound
          ? [
              { status: 'fulfilled', value: 'first' },
              { status: 'fulfilled', value: 'second' },
            ]
          : [
              { status: 'rejected', reason: error },
              { status: 'fulfilled', value: 'first' },
            ];
      assert.deepEqual([answers, disk.emailOf('a'), faults], [expected, 'third', []]);
    });
  }

  it('waits for the disk before it looks for a row that is only added', async () => {
    const first = writer.submit('note', { id: 'e' });
    await disk.reached(1);
    const again = writer.submit('note', { id: 'e' });
    await nextTurn();
    assert.equal(disk.sizes.length, 1);
    disk.pass();
    await disk.reached(1);
    disk.pass();
    assert.deepEqual(await Promise.all([first, again]), [true, false]);
  });

  it('never carries out again what is there, whoever throws at the news', async () => {
    const thrown: unknown[] = [];
    const fail = (news: string) => () => {
      throw new Error(news);
    };
    for (const email of ['second', 'third'])
      writer.take(
        'rename',
        { id: 'a', email },
        { carriedOut: fail('early'), committed: fail('late'), failed: assert.ifError },
      );
    const other = writer.submit('rename', { id: 'b', email: 'other' });
    await disk.reached(1);
    // In the round that is carried out again, too.
    disk.fail(new LostRound('another was faster'));
    await disk.reached(1);
    disk.pass();
    assert.equal(await other, null);
    for (const fault of faults) thrown.push(fault instanceof Error && fault.message);
    assert.deepEqual([thrown, disk.emailOf('a')], [['early', 'early', 'late', 'late'], 'third']);
    writer.take('rename', { id: 'a', email: 'x' }, { committed: fail('late'), failed: assert.ifError });
    await disk.reached(1);
    disk.pass();
    await writer.close();
    assert.deepEqual([faults.length, disk.commits, disk.isClosed], [5, 4, true]);
  });

  it('lets who knows an answer keep it when another of the same round is broken', async () => {
    const broken = writer.submit('rename', { id: 'a', email: 'broken' });
    const known = writer.carryOut('rename', { id: 'b', email: 'known' });
    await disk.reached(1);
    disk.fail(new Error('the disk refuses'));
    await disk.reached(1);
    disk.fail(new Error('the disk refuses'));
    await disk.reached(1);
    disk.pass();
    await assert.rejects(broken, /refuses/);
    const { answer, committed } = await known;
    await committed;
    assert.deepEqual([answer, disk.emailOf('a'), disk.emailOf('b')], [null, 'first', 'known']);
  });

  it('closes when all is there', async () => {
    const last = writer.submit('rename', { id: 'a', email: 'last' });
    const closed = writer.close();
    await disk.reached(1);
    assert.equal(disk.isClosed, false);
    disk.pass();
    await closed;
    assert.deepEqual([await last, disk.isClosed], ['first', true]);
    await assert.rejects(writer.submit('rename', { id: 'a', email: 'late' }), /closed/);
  });
});

const commands = {
  /** Answers with what was there before. */
  rename: {
    needs: ({ id }: { id: string; email: string }): RowKey[] => [['accounts', id]],
    carryOut(work: Work, { id, email }: { id: string; email: string }): string | null {
      const before = work.accounts.find(id)?.email ?? null;
      work.accounts.put({ id, email, createdAt: 0 });
      return before;
    },
  },
  /** False if it was noted before. */
  note: {
    needs: ({ id }: { id: string }): RowKey[] => [['paymentEvents', id]],
    carryOut(work: Work, { id }: { id: string }): boolean {
      if (work.paymentEvents.find(id) !== undefined) return false;
      work.paymentEvents.add({ id, kind: 'paid', accountId: 'a', receivedAt: 0, body: '' });
      return true;
    },
  },
};

/** A store in memory whose commits end when the test says so. */
class SlowDisk implements Store {
  commits = 0;
  isClosed = false;
  readonly #accounts = new Map<string, Row<'accounts'>>();
  readonly #events = new Map<string, Row<'paymentEvents'>>();
  readonly #rounds: { size: number; write: () => void; end: PromiseWithResolvers<undefined> }[] = [];
  #changed = Promise.withResolvers<undefined>();

  /** How many rows each round writes that is on its way. */
  get sizes(): number[] {
    return this.#rounds.map(({ size }) => size);
  }

  emailOf(id: string): string | undefined {
    return this.#accounts.get(id)?.email;
  }

  /** Resolves when so many rounds are on their way. */
  async reached(count: number): Promise<void> {
    while (this.#rounds.length < count) await this.#changed.promise;
  }

  /** The oldest round is on the disk. */
  pass(): void {
    const round = this.#rounds.shift() ?? assert.fail('no round is on its way');
    round.write();
    round.end.resolve(undefined);
  }

  /** The oldest round fails, and those behind it with it. */
  fail(error: Error): void {
    const [first, ...behind] = this.#rounds.splice(0);
    first?.end.reject(error);
    for (const { end } of behind) end.reject(new LostRound('the round before has failed'));
  }

  canFollow(): boolean {
    return true;
  }

  begin(set: WorkingSet, keys: readonly RowKey[]): void {
    for (const [rows, missing] of set.missing(keys)) {
      for (const key of missing) {
        const [id = ''] = key;
        const row = rows === set.accounts ? this.#accounts.get(id) : this.#events.get(id);
        rows.fill(key, row && { row, version: 0 });
      }
    }
  }

  commit(set: WorkingSet): Promise<undefined> {
    const accounts = [...set.accounts.inserts, ...set.accounts.updates.map(({ row }) => row)];
    const events = [...set.paymentEvents.inserts];
    const write = (): void => {
      for (const row of accounts) this.#accounts.set(row.id, row);
      for (const row of events) this.#events.set(row.id, row);
    };
    set.settle();
    this.commits += 1;
    const end = Promise.withResolvers<undefined>();
    this.#rounds.push({ size: accounts.length + events.length, write, end });
    this.#changed.resolve(undefined);
    this.#changed = Promise.withResolvers();
    return end.promise;
  }

  rollback(): void {
    // What failed was never written.
  }

  close(): void {
    this.isClosed = true;
  }
}
