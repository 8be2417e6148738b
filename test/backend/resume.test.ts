import assert from 'node:assert/strict';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'mocha';
import { countModelTokens } from '../../src/backend/models/countModelTokens.ts';
import { ask, refusalOf, startMeteredBackend, type MeteredBackend } from '../support/meteredBackend.ts';
import { readStream, streamedCharge, streamedText } from '../support/readStream.ts';

const words = ['One', ' two', ' three', ' four'];

describe('resuming an answer', () => {
  let metered: MeteredBackend;

  before(async () => {
    metered = await startMeteredBackend();
  });
  after(() => metered.dispose());

  const start = (id: string): Promise<Response> =>
    metered.complete({ ...ask, stream: true }, { 'Idempotency-Key': id, 'Tokenfare-Resume': 'true' });
  const rest = (id: string, after: number): Promise<Response> =>
    metered.backend.request(`/v1/generations/${id}/stream?after=${after}`);

  /** An answer whose client goes after two words, while the provider waits for `more`. */
  const interrupted = async (id: string) => {
    const more = Promise.withResolvers<undefined>();
    metered.upstream.next({ text: words, afterPiece: (count) => (count >= 2 ? more.promise : undefined) });
    const seen = await readStream(await start(id), (events) => streamedText(events) === 'One two');
    return { seen, more };
  };

  it('goes on after a lost connection, and gives the rest to whoever asks for it, while it comes and after', async () => {
    const { seen, more } = await interrupted('resumed-1');
    const following = readStream(await rest('resumed-1', seen.length));
    more.resolve(undefined);
    const live = await following;
    assert.equal(streamedText([...seen, ...live]), words.join(''));
    assert.equal(live.at(-1), '[DONE]');
    assert.equal(streamedCharge(live).charged, (await metered.ended('resumed-1')).charged);
    assert.deepEqual(await readStream(await rest('resumed-1', seen.length)), live);
    assert.deepEqual(await readStream(await rest('resumed-1', 0)), [...seen, ...live]);
  });

  it('still stops by its route, and charges what had come', async () => {
    const { seen, more } = await interrupted('resumed-2');
    const stopped = await metered.backend.request('/v1/generations/resumed-2/stop', { method: 'POST' });
    assert.equal(stopped.status, 200);
    await metered.upstream.requests.at(-1)?.abandoned;
    more.resolve(undefined);
    const [call] = (await metered.generation('resumed-2')).calls;
    assert.deepEqual([call?.state, call?.responseTokens], ['settled', await countModelTokens('One two')]);
    assert.equal((await readStream(await rest('resumed-2', seen.length))).at(-1), '[DONE]');
  });

  it('tells whoever resumes that the provider failed, and charges nothing', async () => {
    const earlier = await metered.balance();
    const more = Promise.withResolvers<undefined>();
    metered.upstream.next({
      text: words,
      breakAfter: 2,
      afterPiece: (count) => (count === 2 ? more.promise : undefined),
    });
    await readStream(await start('resumed-3'), (events) => streamedText(events) === 'One two');
    const following = readStream(await rest('resumed-3', 0));
    more.resolve(undefined);
    assert.match((await following).at(-1) ?? '', /upstream_failed/);
    assert.deepEqual(await metered.balance(), earlier);
  });

  it('stops the provider when an answer that nobody reads outgrows its room, and charges what came', async () => {
    const more = Promise.withResolvers<undefined>();
    const piece = 'x '.repeat(500_000);
    const text = ['One', ...Array.from({ length: 20 }, () => piece)];
    metered.upstream.next({ text, usage: null, afterPiece: (count) => (count === 1 ? more.promise : undefined) });
    await readStream(await start('resumed-4'), (events) => streamedText(events) === 'One');
    more.resolve(undefined);
    await metered.upstream.requests.at(-1)?.abandoned;
    const { state, charged, calls } = await metered.ended('resumed-4');
    assert.deepEqual([state, charged], ['settled', calls[0]?.hold]);
    assert.equal((await rest('resumed-4', 0)).status, 404);
  });

  it('keeps nothing for a client that did not ask, and nothing for another account or number', async () => {
    await readStream(await metered.complete({ ...ask, stream: true }, { 'Idempotency-Key': 'plain-1' }));
    assert.equal((await refusalOf(await rest('plain-1', 0))).code, 'not_found');
    assert.equal((await refusalOf(await rest('nothing', 0))).code, 'not_found');
    const wrong = await metered.backend.request('/v1/generations/resumed-1/stream?after=-1');
    assert.deepEqual([wrong.status, (await refusalOf(wrong)).param], [422, 'after']);
    const maybe = await metered.complete(ask, { 'Tokenfare-Resume': 'maybe' });
    assert.equal((await refusalOf(maybe)).param, 'tokenfare-resume');
  });

  it('goes on to its end, and is charged for it, while the backend is told to end', async () => {
    const other = await startMeteredBackend();
    const more = Promise.withResolvers<undefined>();
    other.upstream.next({ text: words, usage: { prompt: 9, completion: 77 }, afterPiece: () => more.promise });
    const headers = { 'Idempotency-Key': 'drained-1', 'Tokenfare-Resume': 'true' };
    const response = await other.complete({ ...ask, stream: true }, headers);
    await readStream(response, (events) => streamedText(events) === 'One');
    const exit = other.backend.end('SIGTERM');
    more.resolve(undefined);
    assert.equal(await exit, 0);
    const database = new DatabaseSync(path.join(other.backend.dataDir, 'tokenfare.db'), { readOnly: true });
    const call = database.prepare('SELECT state, response_tokens FROM calls').get();
    assert.deepEqual({ ...call }, { state: 'settled', response_tokens: 77 });
    database.close();
    await other.dispose();
  });
});
