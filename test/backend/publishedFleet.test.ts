import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { PublicationBody, PublicationsBody } from '../../src/protocol/api.ts';
import { askApp } from '../support/askApp.ts';
import { refusalOf } from '../support/meteredBackend.ts';
import { postgresServer } from '../support/postgresServer.ts';
import type { TestBackend } from '../support/startBackend.ts';
import { startFleet, type Fleet } from '../support/startFleet.ts';
import { zipOf } from '../support/zipOf.ts';

describe('publishing through two backends on one PostgreSQL', () => {
  let fleet: Fleet;
  let one: TestBackend;
  let other: TestBackend;

  before(async () => {
    fleet = await startFleet(2, { database: await (await postgresServer()).createDatabase() });
    const [first, second] = fleet.backends;
    assert.ok(first && second);
    [one, other] = [first, second];
  });
  after(() => fleet.dispose());

  const post = async (backend: TestBackend, words: string, name: string): Promise<Response> => {
    const body = new Uint8Array(await zipOf({ 'index.html': words }));
    return backend.request(`/v1/publications?name=${name}`, { method: 'POST', body });
  };
  const publish = async (backend: TestBackend, words: string, name: string): Promise<PublicationBody> =>
    PublicationBody.parse(await (await post(backend, words, name)).json());
  /** What a backend serves at an app's own name. */
  const shown = async (backend: TestBackend, { url }: PublicationBody): Promise<string> =>
    (await askApp(backend.url, '/', { host: new URL(url).host })).body;

  it('shows through each what was published, rolled back and taken down through the other', async () => {
    const app = await publish(one, 'first', 'shop');
    assert.equal(await shown(other, app), 'first');
    assert.equal((await publish(other, 'second', 'shop')).version, 2);
    assert.equal(await shown(one, app), 'second');
    await one.request(`/v1/publications/${app.id}/versions/1/activate`, { json: {} });
    assert.equal(await shown(other, app), 'first');
    assert.equal((await other.request(`/v1/publications/${app.id}`, { method: 'DELETE' })).status, 200);
    assert.equal(await shown(one, app), 'There is nothing here.\n');
  });

  it('keeps both versions of two publishes at once, and the bound of the plan', async () => {
    const both = await Promise.all([publish(one, 'left', 'both'), publish(other, 'right', 'both')]);
    assert.deepEqual(both.map(({ version }) => version).sort(), [1, 2]);
    await publish(one, 'b', 'b');
    const raced = await Promise.all([post(one, 'c', 'c'), post(other, 'd', 'd')]);
    assert.deepEqual(raced.map(({ status }) => status).sort(), [200, 403]);
    assert.equal((await refusalOf(await post(other, 'e', 'e'))).code, 'plan_required');
    const { publications } = PublicationsBody.parse(await other.json('/v1/publications'));
    assert.equal(publications.length, 3);
  });
});
