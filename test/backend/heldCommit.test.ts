import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { pino } from 'pino';
import { planById } from '../../src/core/plans.ts';
import { millitokens } from '../../src/core/tokens.ts';
import { defaultRateCard } from '../../src/core/rateCard.ts';
import { commands, type CommandWriter } from '../../src/backend/commands.ts';
import type { Database } from '../../src/backend/database/database.ts';
import { openDatabase } from '../../src/backend/database/openDatabase.ts';
import { LostRound, type Store } from '../../src/backend/database/store.ts';
import { Writer } from '../../src/backend/database/writer.ts';
import { Completions } from '../../src/backend/generations/completions.ts';
import { KeptAnswers } from '../../src/backend/generations/keptAnswers.ts';
import { OpenCalls } from '../../src/backend/generations/openCalls.ts';
import { Metrics } from '../../src/backend/http/metrics.ts';
import { RateLimit } from '../../src/backend/http/rateLimit.ts';
import { readBody } from '../../src/backend/http/readBody.ts';
import { answerError } from '../../src/backend/http/server.ts';
import { createIds } from '../../src/backend/ids.ts';
import { verifyLedger } from '../../src/backend/ledger/verifyLedger.ts';
import { Models } from '../../src/backend/models/models.ts';
import type { Upstream } from '../../src/backend/models/upstream.ts';
import { ask } from '../support/meteredBackend.ts';
import { testDatabases, type TestDatabase } from '../support/testDatabases.ts';

for (const { name, create } of testDatabases) {
  describe(`a call while its hold is on its way to the disk of ${name}`, () => {
    let place: TestDatabase;
    let database: Database;
    let store: HeldStore;
    let writer: CommandWriter;
    let upstream: OneAnswer;
    let server: Server;
    let served: ServerResponse;
    let openCalls: OpenCalls;
    let keptAnswers: KeptAnswers;

    beforeEach(async () => {
      place = await create();
      database = await openDatabase(place.url);
      store = new HeldStore(database.openStore());
      const ids = createIds(Date.now);
      writer = new Writer(store, commands, {
        ...{ clock: Date.now, onCommit: () => undefined, onFault: assert.ifError },
      });
      const plan = planById('free') ?? assert.fail();
      await writer.submit('createAccount', { id: 'a', email: 'a@example.com', plan });
      upstream = new OneAnswer();
      const deps = { writer, clock: Date.now, card: defaultRateCard, onFault: assert.ifError };
      openCalls = new OpenCalls(deps);
      keptAnswers = new KeptAnswers(Date.now, null);
      const models = new Models([upstream], { clock: Date.now, onHealth: () => undefined });
      const completions = new Completions({
        ...{ ...deps, openCalls, keptAnswers, ids, metrics: new Metrics(), models },
        ...{ rateLimit: new RateLimit(100, Date.now), owner: 'me', concurrentGenerations: 8 },
        setsOwnBudget: () => false,
      });
      server = createServer((request, response) => {
        served = response;
        readBody(request, 10_000)
          .then((bytes) => completions.serve('a', request.headers, bytes, response))
          .catch((error: unknown) => {
            answerError({ log: pino({ enabled: false }) }, response, error);
          });
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
    });
    afterEach(async () => {
      openCalls.close();
      await keptAnswers.close();
      server.close();
      server.closeAllConnections();
      const { broken } = await verifyLedger(database);
      await writer.close();
      await database.close();
      place.dispose();
      assert.deepEqual(broken, []);
    });

    const complete = (stream: boolean): Promise<Response> =>
      fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {
        ...{ method: 'POST', body: JSON.stringify({ ...ask, stream }) },
      });
    const callStates = async (): Promise<readonly string[]> =>
      (await database.query.selectFrom('calls').select('state').execute()).map(({ state }) => state);

    for (const stream of [true, false]) {
      const what = stream ? 'a stream' : 'an answer';
      it(`has its model asked, and passes nothing of ${what} on before the hold is there`, async () => {
        const commit = store.holdNext();
        const response = complete(stream);
        await commit.reached;
        await upstream.taken;
        await nextTurn();
        assert.deepEqual([await callStates(), served.headersSent], [[], false]);
        commit.pass();
        assert.match(await (await response).text(), /Hello.*"tokenfare"/s);
        assert.deepEqual(await callStates(), ['settled']);
      });
    }

    /** Another writer does this, and the round with the hold is lost to it. */
    const lostTo = async (other: (writer: CommandWriter) => Promise<unknown>): Promise<never> => {
      const second = new Writer(database.openStore(), commands, {
        ...{ clock: Date.now, onCommit: () => undefined, onFault: assert.ifError },
      });
      await other(second);
      await second.close();
      throw new LostRound('another was faster');
    };
    const givenUp: Readonly<Record<string, () => Promise<never>>> = {
      'the disk is full': () => Promise.reject(new Error('the disk is full')),
      'another was faster and put the account on hold': () =>
        lostTo((other) => other.submit('setHold', { accountId: 'a', onHold: true })),
    };
    for (const [why, instead] of Object.entries(givenUp)) {
      it(`is given up when ${why}: nothing is answered, nothing charged, nothing left`, async () => {
        const commit = store.holdNext();
        const response = complete(true);
        await commit.reached;
        await upstream.taken;
        commit.doInstead(instead);
        const { status } = await response;
        assert.deepEqual([status, upstream.signal?.aborted, await callStates()], [503, true, []]);
        const view = await writer.submit('viewAccount', { accountId: 'a' });
        assert.deepEqual([view?.ledger.available, view?.ledger.held], [300_000, 0]);
      });
    }

    it('goes on when another was faster and leaves it the same hold', async () => {
      const commit = store.holdNext();
      const response = complete(true);
      await commit.reached;
      commit.doInstead(() =>
        lostTo((other) =>
          other.submit('addGrant', { accountId: 'a', amount: millitokens(5), key: 'more', reason: 'more' }),
        ),
      );
      assert.match(await (await response).text(), /Hello.*"tokenfare"/s);
      assert.deepEqual(await callStates(), ['settled']);
    });
  });
}

/** A real store, one commit of which waits for its test, and may have something else happen in its place. */
class HeldStore implements Store {
  readonly #store: Store;
  #held: { reach: () => void; verdict: Promise<Instead | null> } | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  holdNext() {
    const reached = Promise.withResolvers<undefined>();
    const verdict = Promise.withResolvers<Instead | null>();
    this.#held = { reach: () => reached.resolve(undefined), verdict: verdict.promise };
    return { reached: reached.promise, pass: () => verdict.resolve(null), doInstead: verdict.resolve };
  }

  canFollow: Store['canFollow'] = () => false;

  begin: Store['begin'] = (set, keys) => this.#store.begin(set, keys);

  commit: Store['commit'] = async (set) => {
    const held = this.#held;
    this.#held = null;
    held?.reach();
    const instead = (await held?.verdict) ?? null;
    if (instead === null) return this.#store.commit(set);
    await this.#store.rollback();
    return instead();
  };

  rollback: Store['rollback'] = () => this.#store.rollback();

  close: Store['close'] = () => this.#store.close();
}

type Instead = () => Promise<never>;

/** A service that answers once, whole or as a stream, and tells when its answer has been taken. */
class OneAnswer implements Upstream {
  readonly id = 'one';
  readonly taken: Promise<undefined>;
  signal: AbortSignal | undefined;
  readonly #taken = Promise.withResolvers<undefined>();

  constructor() {
    this.taken = this.#taken.promise;
  }

  models: Upstream['models'] = () =>
    Promise.resolve([
      { id: ask.model, name: ask.model, multiplier: 1, contextWindow: 100_000, maxOutputTokens: 8_000 },
    ]);

  complete: Upstream['complete'] = ({ stream }, signal) => {
    this.signal = signal;
    const word = { content: 'Hello' };
    const choice = { index: 0, finish_reason: 'stop', ...(stream === true ? { delta: word } : { message: word }) };
    const json = JSON.stringify({ id: '1', choices: [choice] });
    const pieces = stream === true ? [`data: ${json}\n\n`, 'data: [DONE]\n\n'] : [json];
    const body = new Readable({
      ...{ highWaterMark: 1, signal },
      // It is asked for more when what it had is taken.
      read: () => {
        if (body.readableFlowing !== null || pieces.length < 2) this.#taken.resolve(undefined);
        body.push(pieces.shift() ?? null);
      },
    });
    const type = stream === true ? 'text/event-stream' : 'application/json';
    return Promise.resolve({ status: 200, headers: { 'content-type': type }, body, charge: 'metered' as const });
  };
}
